package dev.ppe.simulator.compile;

/** A valid graph that the compiler has no program for: names the node and the reason. */
public final class CompilationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says which node, and why. */
  public CompilationException(String node, String reason) {
    super(node + ": " + reason);
  }

  /** The same of what failed first. */
  public CompilationException(String node, String reason, Throwable cause) {
    super(node + ": " + reason, cause);
  }
}
