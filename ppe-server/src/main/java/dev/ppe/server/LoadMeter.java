package dev.ppe.server;

import dev.ppe.wire.LoadReport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A replica's load as averages that forget, with a time constant of a second. All calls share the
 * same bytes for {@link #PERIOD_NANOS}; the first call after that measures anew, in its own thread.
 *
 * <p>Application utilisation is that of what would run out first: of the workers' time or of the
 * CPU's, which network and cached answers use, too. What waits is left out. So requests a second
 * over utilisation, a balancer's weight, is what a replica could do, however much it has to do:
 * were queues counted, weights would follow the load of a moment ago, and swing with it.
 */
final class LoadMeter {
  static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final double MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Counts> counts;
  private final int workers;
  private final int cores;
  private final LongSupplier clock;
  private final AtomicBoolean measuring = new AtomicBoolean();
  private volatile Sample sample;
  private volatile byte[] report = {};

  /**
   * Counts since the start; none ever falls.
   *
   * @param answered requests
   * @param failed requests that failed or were refused by the server's fault
   * @param busyNanos of all workers together
   * @param cpuNanos of the process
   */
  record Counts(long answered, long failed, long busyNanos, long cpuNanos) {
    /** A second's part of what was added since {@code before}, in {@code nanos}. */
    private Rates since(Counts before, long nanos) {
      return new Rates(
          Math.max(0, answered - before.answered) * NANOS / nanos,
          Math.max(0, failed - before.failed) * NANOS / nanos,
          (double) Math.max(0, busyNanos - before.busyNanos) / nanos,
          (double) Math.max(0, cpuNanos - before.cpuNanos) / nanos);
    }
  }

  /** Requests a second; workers and cores that were busy on average. */
  private record Rates(double answered, double failed, double workers, double cores) {
    private Rates towards(Rates now, double share) {
      return new Rates(
          answered + share * (now.answered - answered),
          failed + share * (now.failed - failed),
          workers + share * (now.workers - workers),
          cores + share * (now.cores - cores));
    }
  }

  private record Sample(long nanos, Counts counts, Rates rates) {}

  /**
   * A meter that begins now.
   *
   * @param workers how many there are
   * @param cores how many the process may use
   * @param clock nanoseconds
   */
  LoadMeter(Supplier<Counts> counts, int workers, int cores, LongSupplier clock) {
    this.counts = counts;
    this.workers = workers;
    this.cores = cores;
    this.clock = clock;
    this.sample = new Sample(clock.getAsLong(), counts.get(), new Rates(0, 0, 0, 0));
  }

  /** The load as {@link LoadReport#toBytes} has it; nothing as long as nothing is known. */
  byte[] report() {
    long now = clock.getAsLong();
    if (isOld(now) && measuring.compareAndSet(false, true)) {
      try {
        if (isOld(now)) { // and nobody has measured in between
          measure(now);
        }
      } finally {
        measuring.set(false);
      }
    }
    return report;
  }

  private boolean isOld(long now) {
    return now - sample.nanos() >= PERIOD_NANOS;
  }

  private void measure(long now) {
    Sample last = sample;
    long nanos = now - last.nanos();
    Counts counted = counts.get();
    Rates latest = counted.since(last.counts(), nanos);
    double share = report.length == 0 ? 1 : -Math.expm1(-nanos / MEMORY_NANOS);
    Rates rates = last.rates().towards(latest, share);
    double busy = rates.workers() / workers;
    double cpu = rates.cores() / cores;
    report = new LoadReport(cpu, Math.max(busy, cpu), rates.answered(), rates.failed()).toBytes();
    sample = new Sample(now, counted, rates);
  }
}
