package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Work;

/**
 * A block of the hardware. It does one thing at a time, in order, and may remember what it did.
 *
 * @param <W> what it does
 */
interface Block<W extends Work> {
  /**
   * Does some work.
   *
   * @param start the cycle in which it begins, not before the end of the work before
   * @return the first cycle after it
   * @throws ArithmeticException if that cannot be counted
   */
  long finish(W work, long start);
}
