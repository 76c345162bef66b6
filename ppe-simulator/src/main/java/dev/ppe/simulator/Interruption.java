package dev.ppe.simulator;

import java.util.concurrent.CancellationException;

/** Lets a caller stop an evaluation: asked every few microseconds of work. */
@FunctionalInterface
public interface Interruption {
  /** Never stops anything. */
  Interruption NEVER = () -> {};

  /**
   * Returns if the work is still wanted.
   *
   * @throws CancellationException if it is not
   */
  void check();
}
