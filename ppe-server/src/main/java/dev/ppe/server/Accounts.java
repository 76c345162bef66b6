package dev.ppe.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the workers' time goes to: how long each request is expected to take, which ones they are
 * at, and what that has come to.
 *
 * <p>Times are in nanoseconds. Not safe for use by several threads: a {@link SimulationPool} has
 * its lock around it.
 */
final class Accounts {
  /** What has taken so long is long, whatever was expected of it: some turns of the scheduler. */
  private static final long SURPRISE = TimeUnit.MILLISECONDS.toNanos(20);

  private final ServiceTimes times;
  private final LongSupplier nanoTime;
  private final Map<Job, Effort> open = new HashMap<>();
  private final Map<Thread, Running> running = new HashMap<>();
  private long done;

  /** What a worker is at: since when, and how much that was expected to take. */
  private record Running(long since, long expected) {
    long likelyLeft(long now) {
      long taken = now - since;
      return Math.max(expected - taken, taken < SURPRISE ? 0 : taken);
    }
  }

  Accounts(ServiceTimes times, LongSupplier nanoTime) {
    this.times = times;
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** What a request that comes now is expected to take. */
  Effort expected(Job job) {
    SizeClass size = job.size();
    return new Effort(size, times.expected(size), times.knows(size), now());
  }

  /** The request is let in. */
  void enter(Job job, Effort effort) {
    open.put(job, effort);
  }

  /** What the request has taken, or what goes on in its place for others who wait for the same. */
  Effort of(Job job) {
    Effort effort = open.get(job);
    if (effort != null) {
      return effort;
    }
    SizeClass size = job.size();
    return Effort.forOthers(size, times.expected(size));
  }

  /** The current thread has stood still for so long in its turn, which is nobody's work. */
  void stood(long nanos) {
    running.computeIfPresent(
        Thread.currentThread(),
        (thread, turn) -> new Running(turn.since() + nanos, turn.expected()));
  }

  /** The current thread begins a turn. */
  void begin(Effort effort) {
    running.put(Thread.currentThread(), new Running(now(), effort.left()));
    effort.turnBegins();
  }

  /** The current thread's turn is over. Returns how much longer it took than was expected. */
  long end(Effort effort) {
    Running turn = running.remove(Thread.currentThread());
    if (turn == null) {
      throw new IllegalStateException("a turn ended that had not begun");
    }
    long took = now() - turn.since();
    done += took;
    effort.turnEnds(took, times);
    return took - turn.expected();
  }

  /** The current thread's turn, if it has one, is over, and nobody knows of what. */
  void faulted() {
    running.remove(Thread.currentThread());
  }

  /** The request has its answer, or will have none. */
  void over(Job job, boolean answered) {
    Effort effort = open.remove(job);
    if (effort != null) {
      effort.over(answered, times);
    }
  }

  /** How many threads are at something. */
  int running() {
    return running.size();
  }

  /** How long threads have been at something, all of them together. */
  long busy() {
    long now = now();
    return done + running.values().stream().mapToLong(turn -> now - turn.since()).sum();
  }

  /**
   * For how long at least so many threads are likely to be at what they are at: for as long as is
   * expected, or, of what has taken {@link #SURPRISE} and more, as long as it has already: before,
   * its thread may only have waited for a core. 0 if fewer are at anything.
   */
  long busyFor(int threads) {
    long now = now();
    return running.values().stream()
        .map(turn -> turn.likelyLeft(now))
        .sorted(Comparator.reverseOrder())
        .skip(threads - 1L)
        .findFirst()
        .orElse(0L);
  }

  /** How long what is done first of what they are at is still expected to take. */
  long untilTheNextIsDone() {
    long now = now();
    return running.values().stream()
        .mapToLong(turn -> Math.max(0, turn.expected() - (now - turn.since())))
        .min()
        .orElse(0);
  }

  /** How long what they are at is still expected to take. */
  long remaining() {
    long now = now();
    return running.values().stream()
        .mapToLong(turn -> Math.max(0, turn.expected() - (now - turn.since())))
        .sum();
  }
}
