package dev.ppe.report.model;

/**
 * Layers that belong together.
 *
 * @param name what their names begin with, or the first one's
 * @param kind for people: {@code inverted bottleneck}, or the kind of a layer by itself
 * @param residual whether what comes in goes two ways that an addition joins
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
}
