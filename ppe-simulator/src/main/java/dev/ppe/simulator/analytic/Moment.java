package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;

/**
 * A point in time and what the time up to it was spent on: the moment before, and some cycles of
 * one layer for one cause. Sums and maxima of times are all that the model needs, and a sum appends
 * to the chain while a maximum takes the later one whole; so the chain behind any moment goes back
 * to the start without a gap, and its cycles add up to the time.
 */
final class Moment {
  /** The start of the inference. */
  static final Moment START = new Moment();

  private final long cycle;
  private final Moment before;
  private final Cause cause;
  private final int layer;

  private Moment() {
    this.cycle = 0;
    this.before = this;
    this.cause = Cause.COMPUTE;
    this.layer = 0;
  }

  private Moment(Moment before, long cycles, Cause cause, int layer) {
    this.cycle = Math.addExact(before.cycle, cycles);
    this.before = before;
    this.cause = cause;
    this.layer = layer;
  }

  /** Cycles since the start. */
  long cycle() {
    return cycle;
  }

  /** What came before: {@link #START} comes before itself. */
  Moment before() {
    return before;
  }

  /** What the cycles since {@link #before} were spent on. */
  Cause cause() {
    return cause;
  }

  /** Whose cycles they were. */
  int layer() {
    return layer;
  }

  /**
   * So many cycles later.
   *
   * @throws ArithmeticException if they do not fit a {@code long}
   */
  Moment after(long cycles, Cause spentOn, int spentBy) {
    return cycles == 0 ? this : new Moment(this, cycles, spentOn, spentBy);
  }

  /** The later of two; this one among equals. */
  Moment or(Moment other) {
    return other.cycle > cycle ? other : this;
  }
}
