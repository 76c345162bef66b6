package dev.ppe.server;

import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which requests a {@link SimulationPool} takes, and what it says to the others.
 *
 * <p>A request is refused when it and those before it do not fit into the queue, in number or in
 * bytes; when by what requests of its size have taken it would be done after its deadline; and when
 * it would wait for longer than is allowed. A server with an idle worker takes any request, however
 * short its deadline: the expectation may be wrong, and only trying corrects it.
 *
 * <p>The hint when to try again is the time in which half of what waits is worked off: early enough
 * that the workers do not run dry meanwhile.
 */
final class Admission {
  /** How soon a request without a deadline is taken to be wanted. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private static final long LEAST_RETRY = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MOST_RETRY = TimeUnit.SECONDS.toNanos(30);
  private static final double MILLION = 1e6;

  private final Limits limits;
  private final LongAdder taken = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder pushedOut = new LongAdder();

  /**
   * How much is taken.
   *
   * @param workers threads
   * @param passing more threads, for short requests while every worker is at a long one
   * @param queueCapacity requests that wait for one of them
   * @param maxPendingBytes of memory for the requests that wait or run; one alone is always taken
   * @param maxWaitNanos how long a request may have to wait
   * @param maxStandingWaitNanos the same in a {@link StandingQueue}
   */
  record Limits(
      int workers,
      int passing,
      int queueCapacity,
      long maxPendingBytes,
      long maxWaitNanos,
      long maxStandingWaitNanos) {

    private long maxWaitIn(StandingQueue queue) {
      return queue.stands() ? Math.min(maxWaitNanos, maxStandingWaitNanos) : maxWaitNanos;
    }
  }

  Admission(Limits limits) {
    this.limits = limits;
  }

  int workers() {
    return limits.workers();
  }

  /** Threads, those among them that only short requests get. */
  int threads() {
    return limits.workers() + limits.passing();
  }

  /** Whether short requests have a thread of their own. */
  boolean letsPass() {
    return limits.passing() > 0;
  }

  /** After which time a refused request is worth another attempt. */
  long retryNanos(long backlog) {
    return Math.clamp(backlog / limits.workers() / 2, LEAST_RETRY, MOST_RETRY);
  }

  /**
   * What a request of so many bytes counts with. As large as may be, it is taken where there is
   * room for half of all; the other half is left to others, and a second one as large has to wait.
   */
  long counted(long heapBytes) {
    return Math.min(heapBytes, limits.maxPendingBytes() / 2 + 1);
  }

  /** Whether one more request, which counts with so many bytes, has room. */
  boolean fits(Room.Taken open, long bytes) {
    return isFreeBeside(open.requests()) && open.bytes() + bytes <= limits.maxPendingBytes();
  }

  private boolean isFreeBeside(int open) {
    return open < limits.workers() + limits.queueCapacity();
  }

  /** Bytes for which there is room beside so many. */
  long freeBytes(long openBytes) {
    return Math.max(0, limits.maxPendingBytes() - openBytes);
  }

  /** Refuses a request that would be done too late, unless it need not wait. */
  void requireTime(Job job, long wait, long cost, long retry) {
    if (wait > 0 && wait + cost > job.left(Long.MAX_VALUE)) {
      throw tooLate(job, wait, cost, retry);
    }
  }

  /** Refuses a call that would wait for too long. Streams wait for their answers anyway. */
  void requirePatience(long wait, StandingQueue queue, long retry) {
    if (wait > limits.maxWaitIn(queue)) {
      slow.increment();
      throw Refusals.overloaded(
          "the request would wait for about %.0f ms".formatted(wait / MILLION), retry);
    }
  }

  /** It would be done after its deadline. */
  StatusRuntimeException tooLate(Job job, long wait, long cost, long retry) {
    late.increment();
    return Refusals.overloaded(
        "the request would wait for about %.0f ms and take %.1f ms, its deadline is in %.1f ms"
            .formatted(wait / MILLION, cost / MILLION, job.left(0) / MILLION),
        retry);
  }

  /** There is no room. */
  StatusRuntimeException full(Room.Taken open, long retry) {
    full.increment();
    return Refusals.overloaded(
        isFreeBeside(open.requests())
            ? "%d bytes of requests are waiting".formatted(open.bytes())
            : "%d requests are waiting".formatted(open.requests()),
        retry);
  }

  /** There was room, but others have a right to it. */
  StatusRuntimeException pushedOut(long retry) {
    pushedOut.increment();
    return Refusals.overloaded("other clients have fewer requests waiting", retry);
  }

  void taken() {
    taken.increment();
  }

  /** What has been said so far. */
  ServerStatistics.Refused refused() {
    return new ServerStatistics.Refused(full.sum(), late.sum(), slow.sum(), pushedOut.sum());
  }

  long admitted() {
    return taken.sum();
  }
}
