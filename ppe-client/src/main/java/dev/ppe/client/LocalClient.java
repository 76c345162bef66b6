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
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The service's work in this process, under the service's limits. What does not wait is done by as
 * many threads as there are cores, and has its deadline from when one of them begins. Touches no
 * class of gRPC's before something fails, which keeps the command line's start short.
 */
final class LocalClient implements PpeClient, Estimating {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
  private final Duration deadline;
  private final ExecutorService workers; // starts threads as they are needed
  private final Set<LocalCall> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LocalClient(Duration deadline) {
    this.deadline = deadline;
    this.workers =
        Executors.newFixedThreadPool(
            CORES, Thread.ofPlatform().daemon().name("ppe-estimate-", 0).factory());
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    return answer(() -> estimator.estimate(request, untilDeadline()));
  }

  @Override
  public CompletableFuture<EstimateResponse> estimateAsync(EstimateRequest request) {
    return begin(request);
  }

  @Override
  public CompletableFuture<EstimateResponse> begin(EstimateRequest request) {
    LocalCall call = new LocalCall(() -> estimate(request));
    underWay.add(call);
    call.onEnd(() -> underWay.remove(call));
    try {
      workers.execute(call);
    } catch (RejectedExecutionException e) {
      call.fail(failureOfClosed());
    }
    return call.result();
  }

  /** Enough that no thread waits for its next piece of work. */
  @Override
  public int width() {
    return 2 * CORES;
  }

  @Override
  public <T> Stream<Outcome<T>> estimateAll(
      Stream<? extends T> inputs,
      Function<? super T, EstimateRequest> request,
      Consumer<Progress> progress) {
    return OrderedEstimates.of(this, inputs, request, progress);
  }

  @Override
  public EstimateStream stream(Consumer<Outcome<String>> listener) {
    return new UnorderedEstimates(this, listener);
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
  public void close() {
    closed = true;
    workers.shutdownNow();
    underWay.forEach(call -> call.fail(failureOfClosed()));
  }

  private static PpeException failureOfClosed() {
    return new PpeException(Code.CANCELLED, PpeException.CLOSED);
  }

  private <T> T answer(Supplier<T> work) {
    if (closed) {
      throw failureOfClosed();
    }
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw PpeException.of(Statuses.of(e), e);
    }
  }

  private Interruption untilDeadline() {
    long start = System.nanoTime();
    long nanos = deadline.toNanos();
    return Interruption.nowAndThen(
        () -> {
          if (System.nanoTime() - start > nanos) {
            throw new DeadlineExceededException(Deadlines.exceeded(deadline));
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
          }
        });
  }
}
