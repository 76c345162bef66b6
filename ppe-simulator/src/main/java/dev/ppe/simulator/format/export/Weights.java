package dev.ppe.simulator.format.export;

/** What stands in a file for the weights, which graphs do not have. */
public sealed interface Weights {
  /** All zero: the file compresses to next to nothing, and equal tensors share their data. */
  record Zero() implements Weights {}

  /**
   * Drawn from a uniform distribution, as a network has them before training.
   *
   * @param seed equal seeds give equal files
   */
  record Random(long seed) implements Weights {}

  /** All zero. */
  Zero ZERO = new Zero();
}
