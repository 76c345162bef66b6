package dev.ppe.simulator.compile;

/** Where a layer's parameters are from one inference to the next, and why. */
public sealed interface ParameterPlacement {
  /** It has none, or the host runs it. */
  record None() implements ParameterPlacement {}

  /**
   * They stay on the chip.
   *
   * @param roomBytes what was left of the parameter memory when their turn came, largest first
   */
  record Cached(long roomBytes) implements ParameterPlacement {}

  /**
   * They are another layer's too, which stores them.
   *
   * @param owner position of that layer
   */
  record Shared(int owner) implements ParameterPlacement {}

  /** They are fetched in every inference: there is no memory that keeps any. */
  record NoCache() implements ParameterPlacement {}

  /**
   * They come with every inference: a map that is added to an activation, or multiplied with it, is
   * an operand of the vector unit and goes where activations are.
   */
  record Operand() implements ParameterPlacement {}

  /**
   * They are fetched in every inference: they did not fit when their turn came, largest first.
   *
   * @param roomBytes what was left of the parameter memory
   */
  record NoRoom(long roomBytes) implements ParameterPlacement {}

  /**
   * They are fetched in every inference: the PEs share out the output channels of a single
   * position, and one PE's part of the parameter memory cannot hold the largest share beside the
   * shares that it has.
   *
   * @param shareBytes the largest share, with what that PE has
   * @param partBytes one PE's part of the memory
   */
  record NoRoomInOnePe(long shareBytes, long partBytes) implements ParameterPlacement {}

  /**
   * They are fetched in every inference: another layer's are among them, and those do not stay.
   *
   * @param owner position of that layer
   */
  record OwnerStreams(int owner) implements ParameterPlacement {}
}
