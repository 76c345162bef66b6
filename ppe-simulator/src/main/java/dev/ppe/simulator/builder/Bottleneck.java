package dev.ppe.simulator.builder;

import java.util.Optional;

/**
 * The figures of an inverted bottleneck (Sandler et al., "MobileNetV2", 2018): wide inside, narrow
 * outside.
 *
 * @param expanded channels inside
 * @param channels channels of the result
 * @param kernel of the spatial convolution
 * @param nonlinearity after each layer but the last, which is linear
 * @param squeezeExcite what weighs the channels inside, if anything
 * @param residual whether the input is added to the result, where stride and channels allow
 */
public record Bottleneck(
    int expanded,
    int channels,
    Kernel kernel,
    Nonlinearity nonlinearity,
    Optional<SqueezeExcite> squeezeExcite,
    boolean residual) {

  public Bottleneck {
    requirePositive("expanded channels", expanded);
    requirePositive("channels", channels);
  }

  /** The plain one: residual, and with no gates. */
  public Bottleneck(int expanded, int channels, Kernel kernel, Nonlinearity nonlinearity) {
    this(expanded, channels, kernel, nonlinearity, Optional.empty(), true);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", must be 1 or more");
    }
  }
}
