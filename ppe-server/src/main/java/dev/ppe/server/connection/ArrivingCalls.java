package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.RetryLater;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a client may have a server hold without asking for anything: calls that are open,
 * bytes of requests that are on their way in, and the time that those take. gRPC's transport tells
 * of each call's headers, parts of messages, and end; an {@link #interceptor} inside of what makes
 * refusals into statuses says when requests are taken.
 */
public final class ArrivingCalls extends ServerStreamTracer.Factory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArrivingCalls.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final CallLimits limits;
  private final ArrivingBytes bytes;
  private final Duration patience;
  private final Set<ArrivingCall> open = ConcurrentHashMap.newKeySet();
  private final LongAdder endedForBytes = new LongAdder();
  private final LongAdder endedForTime = new LongAdder();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "arrivals");
            thread.setDaemon(true);
            return thread;
          });

  /** Waits for requests for {@code patience}; without end if that is zero. */
  ArrivingCalls(CallLimits limits, ArrivingBytes bytes, Duration patience) {
    this.limits = limits;
    this.bytes = bytes;
    this.patience = patience;
    if (patience.isPositive()) {
      var unused = clock.scheduleWithFixedDelay(this::endLate, 1, 1, TimeUnit.SECONDS);
    }
  }

  /**
   * As configured.
   *
   * @param maxMessageBytes of the largest message: alone, one is to find room
   */
  public static ArrivingCalls of(ConnectionSettings settings, int maxMessageBytes) {
    return new ArrivingCalls(
        CallLimits.of(settings),
        new ArrivingBytes(DirectMemory.forArriving(settings.maxArrivingBytes(), maxMessageBytes)),
        Duration.ofSeconds(settings.requestSeconds()));
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return BegunStream.callOf(this);
  }

  /** What every call of every service is to pass; calls that it gets may be closed by anybody. */
  public ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ArrivingCall arriving =
            Optional.ofNullable(ArrivingCall.KEY.get())
                .orElseThrow(() -> new IllegalStateException("a call that nobody traces"));
        Optional<Refusal> refusal = arriving.refusal();
        if (refusal.isPresent()) {
          throw tooMany(refusal.get());
        }
        arriving.begin(call);
        return new TakingListener<>(next.startCall(call, headers), arriving);
      }
    };
  }

  private static final class TakingListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ArrivingCall arriving;

    TakingListener(ServerCall.Listener<Q> listener, ArrivingCall arriving) {
      super(listener);
      this.arriving = arriving;
    }

    @Override
    public void onMessage(Q message) {
      arriving.messageRead();
      try {
        super.onMessage(message);
      } finally {
        arriving.messageTaken();
      }
    }

    @Override
    public void onHalfClose() {
      arriving.allTaken();
      super.onHalfClose();
    }
  }

  /** How many calls there are, and may be. */
  public CallLimits limits() {
    return limits;
  }

  /** How many bytes of requests have come that nobody has taken. */
  public long arrivingBytes() {
    return bytes.bytes();
  }

  /** How many there may be. */
  public long maxArrivingBytes() {
    return bytes.most();
  }

  /** How many calls were ended because their clients had too many. */
  public long endedForBytes() {
    return endedForBytes.sum();
  }

  /** How many were because their requests took too long. */
  public long endedForTime() {
    return endedForTime.sum();
  }

  ArrivingBytes bytes() {
    return bytes;
  }

  void add(ArrivingCall call) {
    open.add(call);
  }

  void remove(ArrivingCall call) {
    open.remove(call);
  }

  /** Does something when a second has passed, unless all has ended by then. */
  void soon(Runnable task) {
    try {
      var unused = clock.schedule(task, 1, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // All has ended.
    }
  }

  private void endLate() {
    long now = System.nanoTime();
    for (ArrivingCall call : open) {
      try {
        call.endIfLate(now, patience.toNanos());
      } catch (RuntimeException e) { // one call's fault is not to keep the others from their end
        log.warn("a call that is late was not ended", e);
      }
    }
  }

  private StatusRuntimeException tooMany(Refusal refusal) {
    return RetryLater.after(
        RETRY_NANOS,
        switch (refusal) {
          case FULL ->
              "the server is overloaded: it has %d calls, as many as may be open"
                  .formatted(limits.most());
          case CLIENT ->
              "this client has %d calls, as many as one may have open"
                  .formatted(limits.mostOfClient());
        });
  }

  StatusRuntimeException tooMuch() {
    endedForBytes.increment();
    return RetryLater.after(
        RETRY_NANOS, "this client has too many bytes of requests on their way in");
  }

  /** The same of one that cannot be held twice, however long it waits. */
  StatusRuntimeException tooLarge() {
    endedForBytes.increment();
    return Status.RESOURCE_EXHAUSTED
        .withDescription(
            "the message unpacks to more than this server holds twice of one client: send it"
                + " without compression")
        .asRuntimeException();
  }

  StatusRuntimeException tooLate() {
    endedForTime.increment();
    return Status.DEADLINE_EXCEEDED
        .withDescription("the request had not come within %d s".formatted(patience.toSeconds()))
        .asRuntimeException();
  }

  /** Waits for no request any more. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
