package dev.ppe.simulator.job;

/** What is outside and what inside where cores step through positions and lines of weights. */
public enum LoopOrder {
  /**
   * As many positions as there are accumulators, and for each of these accumulatorfuls every line:
   * sums stay in the cores, and lines are taken in again.
   */
  ACTIVATIONS_OUTER,
  /**
   * Every line, and for each all positions: a line is taken in once, and sums that have no
   * accumulator go to PE memory and come back with every line.
   */
  WEIGHTS_OUTER
}
