package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Activation;

/**
 * The figures of an inverted bottleneck (Sandler et al., "MobileNetV2", 2018): wide inside, narrow
 * outside.
 *
 * @param expanded channels inside
 * @param channels channels of the result
 * @param kernel of the spatial convolution
 * @param activation after each layer but the last, which is linear
 */
public record Bottleneck(int expanded, int channels, Kernel kernel, Activation activation) {
  public Bottleneck {
    requirePositive("expanded channels", expanded);
    requirePositive("channels", channels);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", must be 1 or more");
    }
  }
}
