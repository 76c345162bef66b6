package dev.ppe.simulator.zoo.classification;

import java.util.List;
import java.util.stream.Stream;

/** Names of the networks of a family that has a width multiplier. */
final class Width {
  private static final int RESOLUTION = 224;

  private Width() {}

  static void require(double width) {
    if (!(width > 0 && width <= 16)) {
      throw new IllegalArgumentException("width is " + width + ", must be above 0 and up to 16");
    }
  }

  /** What differs from 1.0 and 224: {@code mobilenet_v2}, {@code mobilenet_v1_0.25_128}. */
  static String name(String family, double width, int resolution) {
    String scaled = width == 1 ? family : family + "_" + width;
    return resolution == RESOLUTION ? scaled : scaled + "_" + resolution;
  }

  /**
   * The other names of checkpoints, which may spell everything out: {@code mobilenet_v2_1.0_224}.
   */
  static List<String> aliases(String family, double width, int resolution) {
    String name = name(family, width, resolution);
    String scaled = family + "_" + width;
    Stream<String> spelt = Stream.of(scaled + "_" + resolution);
    return Stream.concat(resolution == RESOLUTION ? Stream.of(scaled) : Stream.empty(), spelt)
        .filter(alias -> !alias.equals(name))
        .toList();
  }
}
