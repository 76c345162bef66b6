package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.zoo.ZooModel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the networks of a family that has a width multiplier and was trained for images of
 * several sizes: {@code mobilenet_v1_0.25_128}.
 */
final class Width {
  static final int RESOLUTION = 224;
  private static final String NUMBERS =
      "(?:_(?<width>[0-9]{1,2}\\.[0-9]{1,4}))?(?:_(?<resolution>[1-9][0-9]{0,4}))?";

  private Width() {}

  /** Builds the network of a width and an image size. */
  interface Scaled {
    ZooModel model(double width, int resolution);
  }

  static void require(double width) {
    if (!isWidth(width)) {
      throw new IllegalArgumentException("width is " + width + ", must be above 0 and up to 16");
    }
  }

  private static boolean isWidth(double width) {
    return width > 0 && width <= 16;
  }

  /** What differs from 1.0 and 224: {@code mobilenet_v2}, {@code mobilenet_v1_0.25_128}. */
  static String name(String family, double width, int resolution) {
    String scaled = width == 1 ? family : family + "_" + width;
    return resolution == RESOLUTION ? scaled : scaled + "_" + resolution;
  }

  /**
   * The network of a name, which may spell everything out as those of checkpoints do: {@code
   * mobilenet_v2_1.0_224}. Empty if the name is no such name of this family.
   */
  static Optional<ZooModel> find(String family, String name, Scaled network) {
    if (!name.startsWith(family)) {
      return Optional.empty();
    }
    Matcher numbers = Pattern.compile(NUMBERS).matcher(name.substring(family.length()));
    if (!numbers.matches()) {
      return Optional.empty();
    }
    double width = Optional.ofNullable(numbers.group("width")).map(Double::valueOf).orElse(1.0);
    int resolution =
        Optional.ofNullable(numbers.group("resolution")).map(Integer::valueOf).orElse(RESOLUTION);
    return isWidth(width) ? Optional.of(network.model(width, resolution)) : Optional.empty();
  }
}
