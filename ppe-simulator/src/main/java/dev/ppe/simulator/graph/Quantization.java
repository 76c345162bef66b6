package dev.ppe.simulator.graph;

/** How a tensor's integers stand for real numbers: real = scale x (stored - zero point). */
public sealed interface Quantization {
  /** Stored as they are. */
  record None() implements Quantization {}

  /** One scale and zero point for the whole tensor. */
  record PerTensor(float scale, long zeroPoint) implements Quantization {}

  /**
   * A scale for each slice along {@code axis}; the scales themselves cost nothing and are not kept.
   *
   * @param axis the axis that the scales run along, 0 or more
   */
  record PerChannel(int axis) implements Quantization {
    public PerChannel {
      if (axis < 0 || axis >= Shape.MAX_RANK) {
        throw new IllegalArgumentException("quantised dimension is " + axis);
      }
    }
  }

  /** No quantisation. */
  None NONE = new None();
}
