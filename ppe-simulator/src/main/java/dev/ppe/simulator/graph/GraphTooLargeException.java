package dev.ppe.simulator.graph;

/** A graph that exceeds a limit of {@link GraphLimits}; nothing is wrong with it otherwise. */
public final class GraphTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says which limit, and by how much. */
  public GraphTooLargeException(String message) {
    super(message);
  }
}
