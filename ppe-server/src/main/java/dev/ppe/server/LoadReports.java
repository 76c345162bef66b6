package dev.ppe.server;

import com.sun.management.OperatingSystemMXBean;
import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.wire.LoadReport;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says with each call's end how busy the server is, as {@link LoadReport#TRAILER}, so that clients
 * give replicas what they can take. Refusals say so, too; who may not call at all is told nothing.
 *
 * <p>Requests count when they are over, those of streams each by itself.
 */
final class LoadReports implements ServerInterceptor, RequestListener {
  private final Estimates estimates;
  private final LoadMeter meter;
  private final LongAdder served = new LongAdder();
  private final LongAdder broken = new LongAdder();

  /** Of a server that answers with {@code estimates}. */
  LoadReports(ServerConfig config, Estimates estimates) {
    this.estimates = estimates;
    this.meter =
        new LoadMeter(
            this::counts,
            config.workers(),
            Runtime.getRuntime().availableProcessors(),
            System::nanoTime);
  }

  private LoadMeter.Counts counts() {
    ServerStatistics.Refused refused = estimates.statistics().pool().refused();
    return new LoadMeter.Counts(
        served.sum(),
        refused.full() + refused.late() + refused.slow() + refused.pushedOut() + broken.sum(),
        estimates.pool().busyNanos(),
        cpuNanos());
  }

  /**
   * {@inheritDoc} Served is who has an answer, or knows what is wrong with the question, which
   * takes a worker as well. Refused requests are not: else a full server would look like a fast
   * one.
   */
  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    switch (request.code()) {
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED ->
          served.increment();
      case INTERNAL, UNKNOWN, DATA_LOSS -> broken.increment();
      case CANCELLED,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          UNAVAILABLE,
          ABORTED,
          UNAUTHENTICATED,
          PERMISSION_DENIED -> {}
    }
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
    boolean mayCall =
        status.getCode() != Status.Code.UNAUTHENTICATED
            && status.getCode() != Status.Code.PERMISSION_DENIED;
    byte[] report = mayCall ? meter.report() : new byte[0];
    if (report.length > 0) {
      trailers.put(LoadReport.TRAILER, report);
    }
  }
}
