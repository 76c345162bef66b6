package dev.ppe.client.load;

import com.google.protobuf.ByteString;
import dev.ppe.client.load.LoadResult.AnswerCounts;
import dev.ppe.client.load.RequestQueue.Prepared;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Channel;
import io.grpc.Status;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts load on replicas, open loop: requests are due at times that {@link Arrivals} draws, and each
 * is sent when it is due, whether those before were answered or not. The calling thread sends;
 * gRPC's threads take the answers. Memory is bounded by {@link LoadPlan#maxInFlight}: a request
 * that is due beyond is counted as not sent, and not put off.
 */
public final class LoadRun {
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final List<? extends Channel> channels;
  private final Workload workload;
  private final LoadPlan plan;
  private final Semaphore free;
  private final LatencyLog latencies;
  private final LatencyLog lateness = new LatencyLog(Optional.empty());
  private final Map<String, String> firstMessages = new ConcurrentHashMap<>();
  private final AnswerDigests digests = new AnswerDigests();
  private final AtomicLong duplicates = new AtomicLong();
  private volatile boolean stopped;
  private volatile boolean interrupted;
  private volatile long interruptedAt;
  private long due;
  private final AtomicLong sent = new AtomicLong();
  private long notSent;

  /**
   * A run that has not begun.
   *
   * @param channels calls go to them in turn
   * @param workload what is asked
   * @param plan how
   * @param log gets latencies as an HdrHistogram log
   */
  public LoadRun(
      List<? extends Channel> channels,
      Workload workload,
      LoadPlan plan,
      Optional<OutputStream> log) {
    this.channels = List.copyOf(channels);
    this.workload = workload;
    this.plan = plan;
    this.free = new Semaphore(plan.maxInFlight());
    this.latencies = new LatencyLog(log);
  }

  /** Sends no more; {@link #run} waits for what is under way, and returns. */
  public void stop() {
    stopped = true;
  }

  /** Sends no more, and waits for seconds at most: somebody wants to see what there is. */
  public void interrupt() {
    interruptedAt = System.nanoTime();
    interrupted = true;
    stopped = true;
  }

  /** How many requests were sent so far. */
  public long sent() {
    return sent.get();
  }

  /** Puts the load on, waits for its end, and compares the answers. */
  public LoadResult run(Arrivals arrivals) throws InterruptedException {
    ScheduledExecutorService pauses =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("load-pauses").daemon().factory());
    double seconds;
    try (RequestQueue requests = new RequestQueue(workload)) {
      seconds = send(arrivals, requests, plan.retries() ? Optional.of(pauses) : Optional.empty());
      awaitEnd();
    } finally {
      pauses.shutdownNow();
    }
    return result(seconds);
  }

  /** Returns for how long requests that count were due, in seconds. */
  private double send(
      Arrivals arrivals, RequestQueue requests, Optional<ScheduledExecutorService> pauses)
      throws InterruptedException {
    long warmUp = plan.warmUp().toNanos();
    long end = warmUp + plan.duration().toNanos();
    long interval = TimeUnit.SECONDS.toNanos(1);
    double at = 0;
    Prepared next = requests.take(); // the clock starts when there is something to send
    long start = System.nanoTime();
    long intervalEnd = start + interval;
    while (true) {
      at += arrivals.nextGap();
      if (at >= end) {
        waitUntil(start + end);
        break;
      }
      long dueAt = start + (long) at;
      waitUntil(dueAt);
      if (stopped) {
        break;
      }
      send(next, dueAt, at >= warmUp, pauses);
      long now = System.nanoTime();
      if (now - intervalEnd >= 0) {
        latencies.endInterval();
        intervalEnd = now + interval;
      }
      next = requests.take();
    }
    return Math.max(0, Math.min(System.nanoTime() - start, end) - warmUp) / 1e9;
  }

  private void waitUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0 && !stopped; ) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      left = time - System.nanoTime();
    }
  }

  private void send(
      Prepared request, long dueAt, boolean counts, Optional<ScheduledExecutorService> pauses) {
    due += counts ? 1 : 0;
    if (!free.tryAcquire()) {
      notSent += counts ? 1 : 0;
      return;
    }
    if (counts) {
      lateness.record("", System.nanoTime() - dueAt);
    }
    Channel channel = channels.get((int) (sent.getAndIncrement() % channels.size()));
    new OneCall(
            channel,
            request.bytes(),
            plan.deadline(),
            pauses,
            new Listening(request.index(), dueAt, counts))
        .send();
  }

  /** What comes of one request. */
  private final class Listening implements OneCall.Listener {
    private final int index;
    private final long dueAt;
    private final boolean counts;

    Listening(int index, long dueAt, boolean counts) {
      this.index = index;
      this.dueAt = dueAt;
      this.counts = counts;
    }

    @Override
    public void answered(ByteString answer, int before) {
      if (before > 0) {
        duplicates.incrementAndGet();
      }
      if (plan.verify()) {
        digests.add(index, answer);
      }
    }

    @Override
    public void ended(Status status) {
      String code = status.getCode().name();
      if (counts) {
        latencies.record(code, System.nanoTime() - dueAt);
      }
      if (!status.isOk()) {
        firstMessages.putIfAbsent(code, String.valueOf(status.getDescription()));
      }
      free.release();
    }
  }

  /** Every call ends by its deadline: what has not ended some time after is lost. */
  private void awaitEnd() throws InterruptedException {
    long last = System.nanoTime() + plan.deadline().toNanos() + LAST_NANOS;
    while (free.availablePermits() < plan.maxInFlight() && !tooLate(last)) {
      Thread.sleep(5);
    }
  }

  private boolean tooLate(long last) {
    return System.nanoTime() - last > 0 || isOver();
  }

  private boolean isOver() {
    return interrupted && System.nanoTime() - interruptedAt > LAST_NANOS;
  }

  private LoadResult result(double seconds) {
    int open = plan.maxInFlight() - free.availablePermits();
    latencies.endInterval();
    lateness.endInterval();
    Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);
    AnswerDigests.Comparison comparison = digests.compare(workload, estimator, this::isOver);
    return new LoadResult(
        seconds,
        due,
        latencies.totals(),
        firstMessages,
        notSent,
        interrupted ? open : 0,
        lateness.totals().getOrDefault("", Percentiles.NONE),
        new AnswerCounts(
            sent.get(),
            interrupted ? 0 : open,
            duplicates.get(),
            comparison.verified(),
            comparison.wrong(),
            comparison.unverified()),
        interrupted);
  }
}
