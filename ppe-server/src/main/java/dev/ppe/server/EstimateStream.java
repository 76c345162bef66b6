package dev.ppe.server;

import dev.ppe.server.observe.Observation;
import dev.ppe.server.observe.ObservedCall;
import dev.ppe.server.security.Quota;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.wire.Statuses;
import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One call of EstimateStream.
 *
 * <p>A fixed number of requests is asked of the transport at the start, and one more for every
 * answer that the transport has taken. So no more than that number is ever read, in work or waiting
 * to be sent, whatever the client does: one that sends and never reads fills the transport's
 * windows and stands still. What lies about then, here and in the transport, is on its account with
 * {@link UnreadAnswers}: many streams together are bounded by that.
 *
 * <p>Answers come from the pool's threads and go out in the order in which they are ready. One
 * thread at a time sends, and ends the call; the others leave it what they have.
 */
final class EstimateStream implements StreamObserver<StreamMessage> {
  private final Work work;
  private final ServerCallStreamObserver<byte[]> client;
  private final UnreadAnswers.Account account;
  private final Consumer<EstimateStream> onEnd;

  private final CacheMetadata.OfCall metadata = CacheMetadata.ofCall();
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

  /** Where its requests go. */
  record Work(WeighedRequests<EstimateStreamRequest> requests, SimulationPool pool) {}

  EstimateStream(
      Work work,
      ServerCallStreamObserver<byte[]> client,
      UnreadAnswers.Account account,
      Consumer<EstimateStream> onEnd) {
    this.work = work;
    this.client = client;
    this.account = account;
    this.onEnd = onEnd;
    this.outbox = new Outbox(client, account);
  }

  /** Asks for the first requests. Only while the call is being set up. */
  void start(int window) {
    client.disableAutoRequest();
    client.setOnReadyThreshold(1); // ready is to mean that all has been sent
    client.setOnReadyHandler(this::askToSend);
    client.setOnCancelHandler(this::gone);
    client.setOnCloseHandler(this::gone); // others may end the call, for bytes that do not parse
    client.request(window);
  }

  @Override
  public void onNext(StreamMessage message) {
    if (ended) { // the client has not heard of it yet: nobody would get the answer
      return;
    }
    Optional<RuntimeException> overQuota = spend(); // first: what cannot be read counts, too
    StreamMessage.Head head = message.head();
    inWork.incrementAndGet();
    Observation observation =
        ObservedCall.current().begin(head.task().described(), message.arrival());
    try {
      if (overQuota.isPresent()) {
        throw overQuota.get();
      }
      if (!head.hasRequest()) {
        throw new IllegalArgumentException("request is missing");
      }
      account.requireReader();
      work.pool().requireRoom(message.bytes().length);
      UnreadRequest request = work.requests().unread(message.bytes(), head.task());
      work.pool().submit(new Job.Origin(request, false, observation), new OneOfMany(head.id()));
    } catch (RuntimeException e) {
      observation.failed(e);
      if (WeighedRequests.isNoMessage(e)) {
        throw e; // the stream ends
      }
      refuse(head.id(), e);
    }
  }

  private static Optional<RuntimeException> spend() {
    try {
      Quota.spend();
      return Optional.empty();
    } catch (RuntimeException overQuota) {
      return Optional.of(overQuota);
    }
  }

  /** Where one request's answer goes. */
  private final class OneOfMany implements ToldClient.Client {
    private final String id;

    OneOfMany(String id) {
      this.id = id;
    }

    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      byte[] answer = StreamAnswers.answer(id, response);
      account.add(answer.length); // throws if too much lies unread
      metadata.add(status);
      return () -> answer(answer);
    }

    @Override
    public void failed(Throwable failure) {
      if (WeighedRequests.isNoMessage(failure)) {
        breakOff(failure);
        return;
      }
      try {
        refuse(id, failure);
      } catch (Throwable untold) { // memory does not hold that either: the id is lost
        breakOff(untold);
        throw untold;
      }
    }
  }

  @Override
  public void onCompleted() {
    halfClosed = true;
    askToSend();
  }

  @Override
  public void onError(Throwable cancelled) {
    gone();
  }

  /** No more requests: the call ends when those in work are answered. */
  void drain() {
    draining = true;
    askToSend();
  }

  private void refuse(String id, Throwable failure) {
    byte[] answer = StreamAnswers.failure(id, failure);
    account.addInAnyCase(answer.length);
    answer(answer);
  }

  /** Takes an answer that is on the account. */
  private void answer(byte[] answer) {
    outbox.add(answer);
    inWork.decrementAndGet(); // after that: who sees no work sees all answers
    askToSend();
  }

  /** Some request will not be answered, or is none: its client is not to wait for that. */
  private void breakOff(Throwable failure) {
    lost.compareAndSet(null, failure);
    askToSend();
  }

  /** The call is over, for the transport as well. */
  private void gone() {
    gone = true;
    askToSend();
    account.close();
  }

  /** Nobody waits for another thread that is sending: that one goes on with it. */
  private void askToSend() {
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
      onEnd.accept(this);
    }
    outbox.clear();
  }
}
