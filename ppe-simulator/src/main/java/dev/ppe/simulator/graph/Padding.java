package dev.ppe.simulator.graph;

/**
 * What surrounds a feature map before a window slides over it.
 *
 * @param same whether it is chosen so that the output has ceil(input / stride) elements; the four
 *     amounts are then 0 here
 * @param top rows added above, 0 or more
 * @param bottom rows added below
 * @param left columns added before
 * @param right columns added after
 */
public record Padding(boolean same, int top, int bottom, int left, int right) {
  /** TensorFlow's SAME. */
  public static final Padding SAME = new Padding(true, 0, 0, 0, 0);

  /** None. */
  public static final Padding VALID = new Padding(false, 0, 0, 0, 0);

  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "padding is %d, %d, %d, %d: must be 0 or more".formatted(top, bottom, left, right));
    }
    if (same && (top | bottom | left | right) != 0) {
      throw new IllegalArgumentException("padding SAME takes no explicit amounts");
    }
  }

  /** Explicit amounts. */
  public static Padding explicit(int top, int bottom, int left, int right) {
    return new Padding(false, top, bottom, left, right);
  }
}
