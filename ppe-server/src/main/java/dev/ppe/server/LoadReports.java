package dev.ppe.server;

import com.sun.management.OperatingSystemMXBean;
import dev.ppe.wire.LoadReport;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says with each call's end how busy the server is, as {@link LoadReport#TRAILER}, so that clients
 * give replicas what they can take. Refusals say so, too; who may not call at all is told nothing.
 */
final class LoadReports implements ServerInterceptor {
  private final LoadMeter meter;
  private final LongAdder broken;

  private LoadReports(LoadMeter meter, LongAdder broken) {
    this.meter = meter;
    this.broken = broken;
  }

  /** Of a server that answers with {@code estimates}. */
  static LoadReports of(ServerConfig config, Estimates estimates) {
    LongAdder broken = new LongAdder();
    return new LoadReports(
        new LoadMeter(
            () -> counts(estimates, broken.sum()),
            config.workers(),
            Runtime.getRuntime().availableProcessors(),
            System::nanoTime),
        broken);
  }

  /**
   * Refused requests are none that were answered: else a full server would look like a fast one.
   */
  private static LoadMeter.Counts counts(Estimates estimates, long broken) {
    ServerStatistics statistics = estimates.statistics();
    ServerStatistics.Refused refused = statistics.pool().refused();
    return new LoadMeter.Counts(
        statistics.pool().admitted() + statistics.cache().requestHits(),
        refused.full() + refused.late() + refused.slow() + refused.pushedOut() + broken,
        estimates.pool().busyNanos(),
        cpuNanos());
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime()) // -1 where nobody knows
        : 0;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            ended(status, trailers);
            super.close(status, trailers);
          }
        },
        headers);
  }

  private void ended(Status status, Metadata trailers) {
    switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED -> {
        return;
      }
      case INTERNAL, UNKNOWN, DATA_LOSS -> broken.increment(); // a bad request is no fault of ours
      default -> {}
    }
    byte[] report = meter.report();
    if (report.length > 0) {
      trailers.put(LoadReport.TRAILER, report);
    }
  }
}
