package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
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
 * windows and stands still.
 *
 * <p>Answers come from the pool's threads and go out under this object's lock, in the order in
 * which they are ready.
 */
final class EstimateStream implements StreamObserver<EstimateStreamRequest> {
  private final SimulationPool pool;
  private final ServerCallStreamObserver<EstimateStreamResponse> client;
  private final Consumer<EstimateStream> onEnd;

  private final CacheMetadata.OfCall metadata = CacheMetadata.ofCall();
  private final Deque<EstimateStreamResponse> outbox = new ArrayDeque<>();
  private int inWork;
  private boolean halfClosed;
  private boolean draining;
  private boolean ended;

  EstimateStream(
      SimulationPool pool,
      ServerCallStreamObserver<EstimateStreamResponse> client,
      Consumer<EstimateStream> onEnd) {
    this.pool = pool;
    this.client = client;
    this.onEnd = onEnd;
  }

  /** Asks for the first requests. Only while the call is being set up. */
  void start(int window) {
    client.disableAutoRequest();
    client.setOnReadyHandler(this::send);
    client.setOnCancelHandler(this::end);
    client.setOnCloseHandler(this::end); // others may end the call, for bytes that do not parse
    client.request(window);
  }

  @Override
  public void onNext(EstimateStreamRequest message) {
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
      EstimateRequest request = message.getRequest();
      pool.submit(new Job.Origin(request, request.getSerializedSize(), false), new OneOfMany(id));
    } catch (RuntimeException e) {
      answer(errorFor(id, e));
    }
  }

  /** Where one request's answer goes. */
  private final class OneOfMany implements Job.Client {
    private final String id;

    OneOfMany(String id) {
      this.id = id;
    }

    @Override
    public void answered(EstimateResponse response, CacheStatus status) {
      metadata.add(status);
      answer(answerTo(id, response));
    }

    @Override
    public void failed(Throwable failure) {
      answer(errorFor(id, failure));
    }
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    send();
  }

  @Override
  public void onError(Throwable cancelled) {
    end();
  }

  /** No more requests: the call ends when those in work are answered. */
  synchronized void drain() {
    draining = true;
    send();
  }

  private static EstimateStreamResponse answerTo(String id, EstimateResponse response) {
    return EstimateStreamResponse.newBuilder().setId(id).setResponse(response).build();
  }

  private static EstimateStreamResponse errorFor(String id, Throwable failure) {
    return EstimateStreamResponse.newBuilder()
        .setId(id)
        .setError(Refusals.errorOf(failure))
        .build();
  }

  private synchronized void answer(EstimateStreamResponse response) {
    inWork--;
    if (!ended) {
      outbox.add(response);
      send();
    }
  }

  /** Sends what the transport takes now; it calls again when it takes more. */
  private synchronized void send() {
    try {
      while (!ended && !outbox.isEmpty() && client.isReady()) {
        client.onNext(outbox.remove());
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
    } catch (Throwable failure) { // an answer that memory does not hold: the ids are lost with it
      RequestLog.failed("EstimateStream", failure);
      end();
      client.onError(Statuses.of(failure).asRuntimeException());
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      outbox.clear();
      onEnd.accept(this);
    }
  }
}
