package dev.ppe.server;

import java.util.concurrent.TimeUnit;

/**
 * Tells a client's queue that stands from a burst. A burst is worked off: waiting for it costs one
 * request some time, and refusing it costs answers. Where nearly every request of late has found
 * others of its client waiting, more is asked for than can be done, and a long queue makes all late
 * and nobody better off (Nichols and Jacobson 2012, "Controlling Queue Delay", who judge by the
 * least wait of an interval; by arrivals, a queue that runs dry for a moment still stands).
 *
 * <p>At 0.7 of its capacity a worker with requests of one size has others waiting for four arrivals
 * in ten. Not safe for use by several threads.
 */
final class StandingQueue {
  /** How many arrivals are of late: the weight of older ones falls by 1/e. */
  private static final double LATELY = 64;

  private static final double NEARLY_EVERY = 0.9;

  /** After so long without any, nothing is left of what was. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private double foundOthers;
  private long last;

  /**
   * A request has come.
   *
   * @param now in nanoseconds on any one clock
   */
  void arrival(boolean othersWait, long now) {
    if (now - last > PAUSE_NANOS) {
      foundOthers = 0;
    }
    last = now;
    foundOthers += ((othersWait ? 1 : 0) - foundOthers) / LATELY;
  }

  /** Whether nearly every request of late has found others waiting. */
  boolean stands() {
    return foundOthers > NEARLY_EVERY;
  }
}
