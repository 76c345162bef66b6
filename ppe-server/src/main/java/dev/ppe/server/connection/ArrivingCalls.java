package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  private final CallLimits limits;
  private final StreamLimits streams;
  private final ArrivingBytes bytes;
  private final Duration patience;
  private final ArrivalRefusals refusals;
  private final Set<ArrivingCall> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "arrivals");
            thread.setDaemon(true);
            return thread;
          });

  /** Waits for requests for {@code patience}; without end if that is zero. */
  ArrivingCalls(CallLimits limits, StreamLimits streams, ArrivingBytes bytes, Duration patience) {
    this.limits = limits;
    this.streams = streams;
    this.bytes = bytes;
    this.patience = patience;
    refusals = new ArrivalRefusals(limits, bytes.most(), patience);
    if (patience.isPositive()) {
      var unused = clock.scheduleWithFixedDelay(this::endLate, 1, 1, TimeUnit.SECONDS);
    }
  }

  /**
   * As configured.
   *
   * @param streams that may be calls
   * @param maxMessageBytes of the largest message: alone, one is to find room
   */
  public static ArrivingCalls of(
      ConnectionSettings settings, StreamLimits streams, int maxMessageBytes) {
    return new ArrivingCalls(
        CallLimits.of(settings),
        streams,
        new ArrivingBytes(DirectMemory.forArriving(settings.maxArrivingBytes(), maxMessageBytes)),
        Duration.ofSeconds(settings.requestSeconds()));
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return BegunStream.callOf(this, CallHeaders.mayPack(headers));
  }

  /** What every call of every service is to pass; calls that it gets may be closed by anybody. */
  public ServerInterceptor interceptor() {
    return new ArrivalInterceptor(refusals);
  }

  /**
   * Where the steps of calls are taken. A call that is refused is ended by whoever finds that out,
   * any other has a place until its last step has been taken: so no more of them wait for {@code
   * threads} than calls may be open.
   */
  public ServerCallExecutorSupplier steps(ServerCallExecutorSupplier threads) {
    return new ServerCallExecutorSupplier() {
      @Override
      public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
        return ArrivingCall.current().place().stepsOn(threads.getExecutor(call, headers));
      }
    };
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

  /** The streams of which they come. */
  public StreamLimits streams() {
    return streams;
  }

  /** How many calls were ended because there was no room for more of their requests. */
  public long endedForBytes() {
    return refusals.forBytes();
  }

  /** How many were because their requests took too long. */
  public long endedForTime() {
    return refusals.forTime();
  }

  ArrivingBytes bytes() {
    return bytes;
  }

  ArrivalRefusals refusals() {
    return refusals;
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
      } catch (Throwable e) { // one call's fault is not to keep the others from their end
        log.warn("a call that is late was not ended", e);
      }
    }
  }

  /** Waits for no request any more. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}
