package dev.ppe.client;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.DeadlineExceededException;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import dev.ppe.wire.Statuses;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * The service's work in this process, under the service's limits. Touches no class of gRPC's before
 * something fails, which keeps the command line's start short.
 */
final class LocalClient implements PpeClient {
  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
  private final Duration deadline;

  LocalClient(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    return answer(() -> estimator.estimate(request, untilDeadline()));
  }

  @Override
  public ListAcceleratorsResponse listAccelerators() {
    return answer(AcceleratorCatalog::listAccelerators);
  }

  @Override
  public Accelerator getAccelerator(String name) {
    return answer(() -> AcceleratorCatalog.getAccelerator(name));
  }

  @Override
  public void close() {}

  private static <T> T answer(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw PpeException.of(Statuses.of(e), e);
    }
  }

  private Interruption untilDeadline() {
    long start = System.nanoTime();
    long nanos = deadline.toNanos();
    return () -> {
      if (System.nanoTime() - start > nanos) {
        throw new DeadlineExceededException(Deadlines.exceeded(deadline));
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
    };
  }
}
