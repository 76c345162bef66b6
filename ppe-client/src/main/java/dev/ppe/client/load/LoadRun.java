package dev.ppe.client.load;

import dev.ppe.client.load.RequestQueue.Prepared;
import io.grpc.Channel;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
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
 * that is due beyond is counted as not sent, and not put off. {@link LoadRecord} has what came of
 * them.
 */
public final class LoadRun {
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final List<? extends Channel> channels;
  private final Workload workload;
  private final LoadPlan plan;
  private final Semaphore free;
  private final LoadRecord record;
  private volatile boolean stopped;
  private volatile boolean interrupted;
  private volatile long interruptedAt;
  private final AtomicLong sent = new AtomicLong();

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
    this.record = new LoadRecord(plan.verify(), log);
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
    int open = plan.maxInFlight() - free.availablePermits();
    record.end();
    AnswerDigests.Comparison comparison = record.compare(workload, this::isOver);
    return record.result(seconds, sent.get(), open, interrupted, comparison);
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
        record.endInterval();
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
    if (!free.tryAcquire()) {
      record.notSent(counts);
      return;
    }
    record.sent(dueAt, counts);
    Channel channel = channels.get((int) (sent.getAndIncrement() % channels.size()));
    new OneCall(
            channel,
            request.bytes(),
            plan.deadline(),
            pauses,
            record.listener(request.index(), dueAt, counts, free::release))
        .send();
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
}
