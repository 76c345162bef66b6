package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;

/**
 * An addition on the way out. Its operand comes over the port that fed the cores.
 *
 * @param readCycles reading the operand
 * @param vectorCycles adding
 */
public record Adding(long readCycles, long vectorCycles) {
  /** No addition. */
  public static final Adding NONE = new Adding(0, 0);

  /** Reads and additions overlap. */
  public long cycles() {
    return Math.max(readCycles, vectorCycles);
  }

  /** What decides them. */
  public Cause bound() {
    return readCycles >= vectorCycles ? Cause.ACTIVATION_FETCH : Cause.COMPUTE;
  }
}
