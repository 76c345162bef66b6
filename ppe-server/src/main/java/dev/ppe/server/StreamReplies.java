package dev.ppe.server;

import dev.ppe.wire.Statuses;
import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the client of one EstimateStream is told.
 *
 * <p>Answers come from the pool's threads and go out in the order in which they are ready. One
 * thread at a time sends, and ends the call; the others leave it what they have.
 */
final class StreamReplies {
  private final ServerCallStreamObserver<byte[]> client;
  private final UnreadAnswers.Account account;
  private final Runnable onEnd;
  private final Outbox outbox;

  /** In which answers are sent and the call is ended, on the threads that ask for it. */
  private final SynchronizationContext sending =
      new SynchronizationContext((thread, failure) -> RequestLog.failed("EstimateStream", failure));

  private final AtomicInteger inWork = new AtomicInteger();
  private final AtomicReference<Throwable> lost = new AtomicReference<>();
  private volatile boolean halfClosed;
  private volatile boolean draining;
  private volatile boolean gone;
  private volatile boolean ended; // written by the one who sends, as is the next
  private boolean told;

  StreamReplies(
      ServerCallStreamObserver<byte[]> client, UnreadAnswers.Account account, Runnable onEnd) {
    this.client = client;
    this.account = account;
    this.onEnd = onEnd;
    this.outbox = new Outbox(client, account);
  }

  /** Whether nothing is sent any more. */
  boolean ended() {
    return ended;
  }

  /** There is one request more to be answered. */
  void begin() {
    inWork.incrementAndGet();
  }

  /** The client asks no more: the call ends with the last answer. */
  void halfClose() {
    halfClosed = true;
    askToSend();
  }

  /** No more requests are read: the call ends when those in work are answered. */
  void drain() {
    draining = true;
    askToSend();
  }

  /** One request has no answer. */
  void refuse(String id, Throwable failure) {
    byte[] answer = StreamAnswers.failure(id, failure);
    account.addInAnyCase(answer.length);
    answer(answer);
  }

  /** Takes an answer that is on the account. */
  void answer(byte[] answer) {
    outbox.add(answer);
    inWork.decrementAndGet(); // after that: who sees no work sees all answers
    askToSend();
  }

  /** Some request will not be answered, or is none: its client is not to wait for that. */
  void breakOff(Throwable failure) {
    lost.compareAndSet(null, failure);
    askToSend();
  }

  /** The call is over, for the transport as well. */
  void gone() {
    gone = true;
    askToSend();
    account.close();
  }

  /** Nobody waits for another thread that is sending: that one goes on with it. */
  void askToSend() {
    sending.execute(this::send);
  }

  private void send() {
    try {
      if (ended) {
        outbox.clear();
      } else if (gone) {
        end();
      } else if (lost.get() != null) {
        refuse(Statuses.of(lost.get()).asRuntimeException());
      } else {
        sendAnswers();
      }
    } catch (Throwable failure) { // an answer that memory does not hold: its id is lost with it
      if (!told && !gone) {
        refuse(Statuses.of(failure).asRuntimeException());
      }
      RequestLog.failed("EstimateStream", failure);
    }
  }

  private void sendAnswers() {
    boolean last = halfClosed; // each before the next: what is in work then was in time for it
    boolean allAnswered = inWork.get() == 0;
    int sent = outbox.send();
    boolean done = allAnswered && outbox.isEmpty();
    if (last && done) {
      end();
      client.onCompleted();
      told = true;
    } else if (draining && done) {
      refuse(Refusals.shuttingDown().asRuntimeException());
    } else if (sent > 0 && !draining && !halfClosed) {
      client.request(sent);
    }
  }

  /** Ends the call for its client, too. */
  private void refuse(StatusRuntimeException why) {
    end();
    client.onError(why);
    told = true;
  }

  private void end() {
    if (!ended) {
      ended = true;
      onEnd.run();
    }
    outbox.clear();
  }
}
