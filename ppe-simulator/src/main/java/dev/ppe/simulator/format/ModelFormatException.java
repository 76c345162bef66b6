package dev.ppe.simulator.format;

/** A model that cannot be understood: names the place in it and the reason. */
public final class ModelFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * A fault at a place.
   *
   * @param place the node, tensor or byte at fault: {@code node 3 "conv_1" (CONV_2D)}, {@code byte
   *     512}
   * @param reason what is wrong and, where it helps, what would be right
   */
  public ModelFormatException(String place, String reason) {
    super(place + ": " + reason);
    this.place = place;
  }

  /** The node, tensor or byte at fault. */
  public String place() {
    return place;
  }
}
