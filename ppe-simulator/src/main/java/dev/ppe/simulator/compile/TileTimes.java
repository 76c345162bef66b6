package dev.ppe.simulator.compile;

/**
 * How long the blocks of the busiest PE take for its part of a layer, in cycles.
 *
 * @param array multiply-accumulates
 * @param vector elementwise work
 * @param activations reads from PE memory
 * @param parameters lines of weights taken in
 * @param output writes to PE memory
 * @param busy cores or vector unit with their operands' ports
 * @param waiting lines of weights that nothing hides
 * @param network what comes from other PEs, a second factor included
 */
public record TileTimes(
    long array,
    long vector,
    long activations,
    long parameters,
    long output,
    long busy,
    long waiting,
    long network) {
  /** Nothing to do. */
  static final TileTimes NONE = new TileTimes(0, 0, 0, 0, 0, 0, 0, 0);
}
