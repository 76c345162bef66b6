package dev.ppe.server;

import dev.ppe.server.WeighedRequests.Weighed;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.wire.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * <p>Answers come from the pool's threads and go out under this object's lock, in the order in
 * which they are ready.
 */
final class EstimateStream implements StreamObserver<Weighed<EstimateStreamRequest>> {
  /** The transport gets no more while so many bytes wait to be sent. */
  private static final int TRANSPORT_BYTES = 1 << 15;

  private final SimulationPool pool;
  private final ServerCallStreamObserver<byte[]> client;
  private final UnreadAnswers.Account account;
  private final Consumer<EstimateStream> onEnd;

  private final CacheMetadata.OfCall metadata = CacheMetadata.ofCall();
  private final Deque<byte[]> outbox = new ArrayDeque<>();
  private long handedOver; // bytes that the transport may not have sent yet
  private int inWork;
  private boolean halfClosed;
  private boolean draining;
  private boolean ended;

  EstimateStream(
      SimulationPool pool,
      ServerCallStreamObserver<byte[]> client,
      UnreadAnswers.Account account,
      Consumer<EstimateStream> onEnd) {
    this.pool = pool;
    this.client = client;
    this.account = account;
    this.onEnd = onEnd;
  }

  /** Asks for the first requests. Only while the call is being set up. */
  void start(int window) {
    client.disableAutoRequest();
    client.setOnReadyThreshold(1); // ready is to mean that all has been sent
    client.setOnReadyHandler(this::send);
    client.setOnCancelHandler(this::gone);
    client.setOnCloseHandler(this::gone); // others may end the call, for bytes that do not parse
    client.request(window);
  }

  @Override
  public void onNext(Weighed<EstimateStreamRequest> weighed) {
    EstimateStreamRequest message = weighed.message();
    String id = message.getId();
    synchronized (this) {
      if (ended) { // the client has not heard of it yet: nobody would get the answer
        return;
      }
      inWork++;
    }
    try {
      if (!message.hasRequest()) {
        throw new IllegalArgumentException("request is missing");
      }
      account.requireReader();
      pool.submit(
          new Job.Origin(message.getRequest(), weighed.heapBytes(), false), new OneOfMany(id));
    } catch (RuntimeException e) {
      refuse(id, e);
    }
  }

  /** Where one request's answer goes. */
  private final class OneOfMany implements Job.Client {
    private final String id;

    OneOfMany(String id) {
      this.id = id;
    }

    @Override
    public Runnable accept(EstimateResponse response, CacheStatus status) {
      byte[] answer = answerTo(id, response);
      account.add(answer.length); // throws if too much lies unread
      metadata.add(status);
      return () -> answer(answer);
    }

    @Override
    public void failed(Throwable failure) {
      try {
        refuse(id, failure);
      } catch (Throwable untold) { // memory does not hold that either: the id is lost
        breakOff(untold);
        throw untold;
      }
    }
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    send();
  }

  @Override
  public void onError(Throwable cancelled) {
    gone();
  }

  /** No more requests: the call ends when those in work are answered. */
  synchronized void drain() {
    draining = true;
    send();
  }

  private static byte[] answerTo(String id, EstimateResponse response) {
    return EstimateStreamResponse.newBuilder()
        .setId(id)
        .setResponse(response)
        .build()
        .toByteArray();
  }

  private void refuse(String id, Throwable failure) {
    byte[] answer =
        EstimateStreamResponse.newBuilder()
            .setId(id)
            .setError(Refusals.errorOf(failure))
            .build()
            .toByteArray();
    account.addRefusal(answer.length);
    answer(answer);
  }

  /** Takes an answer that is on the account. */
  private synchronized void answer(byte[] answer) {
    inWork--;
    if (ended) {
      account.release(answer.length);
    } else {
      outbox.add(answer);
      send();
    }
  }

  /** Sends what the transport takes now; it calls again when it has sent that. */
  private synchronized void send() {
    try {
      releaseWhatIsSent();
      while (!ended && !outbox.isEmpty() && transportTakesMore()) {
        byte[] next = outbox.remove();
        handedOver += next.length;
        client.onNext(next);
        if (!draining && !halfClosed) {
          client.request(1);
        }
      }
      if (!ended && inWork == 0 && outbox.isEmpty()) {
        if (halfClosed) {
          end();
          client.onCompleted();
        } else if (draining) {
          end();
          client.onError(Refusals.shuttingDown().asRuntimeException());
        }
      }
    } catch (Throwable failure) { // an answer that memory does not hold: its id is lost with it
      RequestLog.failed("EstimateStream", failure);
      breakOff(failure);
    }
  }

  /** Some request will not be answered: its client is not to wait for that. */
  private synchronized void breakOff(Throwable failure) {
    if (!ended) {
      end();
      client.onError(Statuses.of(failure).asRuntimeException());
    }
  }

  /** Also while there is nothing more to send: who has read all is to owe nothing. */
  private void releaseWhatIsSent() {
    if (handedOver > 0 && client.isReady()) {
      account.release(handedOver);
      handedOver = 0;
    }
  }

  private boolean transportTakesMore() {
    releaseWhatIsSent();
    return client.isReady() || (handedOver > 0 && handedOver < TRANSPORT_BYTES);
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      outbox.forEach(answer -> account.release(answer.length));
      outbox.clear();
      onEnd.accept(this);
    }
  }

  /** The call is over, for the transport as well. */
  private void gone() {
    end();
    account.close();
  }
}
