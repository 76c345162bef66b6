package dev.ppe.simulator.format.export;

/**
 * Quantisation parameters of one tensor: real = scale x (stored - zero point).
 *
 * <p>Where channels have scales of their own they lie around {@code base}, spread evenly by the
 * golden ratio: as different as those of a trained network, the same every time, and in step for
 * the weights and the bias of one layer.
 *
 * @param base the scale, or the middle of the scales
 * @param zeroPoint of the whole tensor
 * @param channels how many scales there are; 1 for a whole tensor
 * @param axis that the scales run along
 */
public record Quantized(float base, long zeroPoint, int channels, int axis) {
  private static final double GOLDEN_RATIO = 0.618_033_988_749_894_9;

  /** One scale for the whole tensor. */
  static Quantized whole(float scale, long zeroPoint) {
    return new Quantized(scale, zeroPoint, 1, 0);
  }

  /** The scale of a channel. */
  public float scale(int channel) {
    double position = channel * GOLDEN_RATIO;
    return channels == 1 ? base : (float) (base * (0.75 + 0.5 * (position - Math.floor(position))));
  }

  /** These parameters with the scales times {@code factor}. */
  Quantized times(float factor) {
    return new Quantized(base * factor, zeroPoint, channels, axis);
  }
}
