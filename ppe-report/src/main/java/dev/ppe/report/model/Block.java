package dev.ppe.report.model;

import java.util.List;

/**
 * Layers that belong together.
 *
 * @param name what their names begin with, or the first one's
 * @param kind for people: {@code inverted bottleneck}, or the kind of a layer by itself
 * @param residual whether what goes in is also added to what comes out, or joins it in another way
 * @param first place of its first layer
 * @param layers how many there are, one at least
 */
public record Block(String name, String kind, boolean residual, int first, int layers) {
  public Block {
    if (first < 0 || layers < 1) {
      throw new IllegalArgumentException(
          "first %d, layers %d: must be 0 and 1 or more".formatted(first, layers));
    }
  }

  /** The place after its last layer. */
  int end() {
    return first + layers;
  }

  /** Places of its layers among the kinds or names of all. */
  <T> List<T> of(List<T> all) {
    return all.subList(first, end());
  }
}
