package dev.ppe.simulator.graph;

/** A graph that is no valid network: names the node or tensor at fault and the reason. */
public final class GraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * A fault at a place.
   *
   * @param place the node or tensor at fault, as a person would name it: {@code node 3 "conv_1"}
   * @param reason what is wrong and, where it helps, what would be right
   */
  public GraphException(String place, String reason) {
    super(place + ": " + reason);
    this.place = place;
  }

  /** The node or tensor at fault. */
  public String place() {
    return place;
  }

  /** Names a node the way all messages do. */
  public static String nodeAt(int index, Node node) {
    return "node %d \"%s\" (%s)".formatted(index, node.name(), node.operator().kind());
  }
}
