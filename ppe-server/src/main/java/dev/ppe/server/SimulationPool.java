package dev.ppe.server;

import dev.ppe.server.metrics.QueueFigures;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Context;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Where estimates are made: a fixed number of threads, each with one request at a time, and a queue
 * before them that is bounded in requests and in bytes. What does not fit is refused at once.
 *
 * <p>A call that ends takes its requests along: out of the queue, or off the thread at the next
 * interruption point.
 */
final class SimulationPool implements RequestIntake {
  private final Estimator estimator;
  private final ThreadPoolExecutor workers;
  private final long maxPendingBytes;
  private final AtomicLong pendingBytes = new AtomicLong();

  SimulationPool(Estimator estimator, int threads, int queueCapacity, long maxPendingBytes) {
    this.estimator = estimator;
    this.maxPendingBytes = maxPendingBytes;
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            work -> new Thread(work, "simulation-" + number.incrementAndGet()));
  }

  @Override
  public void submit(
      EstimateRequest request, Consumer<EstimateResponse> answered, Consumer<Throwable> failed) {
    Job job = new Job(Context.current(), request, answered, failed);
    job.reserve();
    job.context.addListener(job, Runnable::run);
    try {
      workers.execute(job);
    } catch (RejectedExecutionException e) {
      job.release();
      throw workers.isShutdown()
          ? Refusals.shuttingDown().asRuntimeException()
          : Refusals.overloaded("%d requests are waiting".formatted(workers.getQueue().size()));
    }
  }

  /** Takes no more; what runs goes on to its end or its interruption. */
  void shutdown() {
    workers.shutdown();
  }

  /** Waits until nothing runs any more. Returns whether that is so. */
  boolean awaitTermination(int seconds) throws InterruptedException {
    return workers.awaitTermination(seconds, TimeUnit.SECONDS);
  }

  /** What waits and what runs. */
  QueueFigures figures(int queueCapacity) {
    return new QueueFigures(
        () -> workers.getQueue().size(),
        () -> queueCapacity,
        workers::getActiveCount,
        workers::getMaximumPoolSize,
        pendingBytes::get,
        () -> maxPendingBytes);
  }

  /** One request on its way. */
  private final class Job implements Runnable, Context.CancellationListener {
    private final Context context;
    private final EstimateRequest request;
    private final Consumer<EstimateResponse> answered;
    private final Consumer<Throwable> failed;
    private final long bytes;

    Job(
        Context context,
        EstimateRequest request,
        Consumer<EstimateResponse> answered,
        Consumer<Throwable> failed) {
      this.context = context;
      this.request = request;
      this.answered = answered;
      this.failed = failed;
      this.bytes = request.getSerializedSize();
    }

    void reserve() {
      long pending = pendingBytes.addAndGet(bytes);
      if (pending > maxPendingBytes && pending > bytes) {
        pendingBytes.addAndGet(-bytes);
        throw Refusals.overloaded("%d bytes of requests are waiting".formatted(pending - bytes));
      }
    }

    void release() {
      context.removeListener(this);
      pendingBytes.addAndGet(-bytes);
    }

    @Override
    public void run() {
      try {
        answered.accept(estimate());
      } catch (Throwable failure) { // errors too: a request that exhausts the stack fails alone
        failed.accept(failure);
      }
    }

    private EstimateResponse estimate() {
      try {
        return estimator.estimate(request, new CallInterruption(context));
      } finally {
        release(); // before the answer goes out, which makes the client send the next
      }
    }

    /** The call is over: if the request still waits, its place is for others. */
    @Override
    public void cancelled(Context ended) {
      if (workers.remove(this)) {
        release();
      }
    }
  }
}
