package dev.ppe.simulator.graph;

import java.util.function.Supplier;

/**
 * How large a graph may be before any work is spent on it.
 *
 * @param maxNodes most nodes
 * @param maxTensors most tensors
 * @param maxOperands most operands or results of one node
 * @param maxTensorBytes most bytes of one tensor, 2^40 at most
 * @param maxOperations most multiply-accumulates, elementwise operations, and operand and result
 *     bytes of one inference together, 2^42 at most: counts derived from them then fit a {@code
 *     long} on every accelerator
 */
public record GraphLimits(
    int maxNodes, int maxTensors, int maxOperands, long maxTensorBytes, long maxOperations) {
  /** Room for every published mobile network some hundred times over. */
  public static final GraphLimits DEFAULT =
      new GraphLimits(50_000, 200_000, 4_096, 4L << 30, 1L << 42);

  /** All nodes together have that many for each of the most nodes; of networks few have four. */
  private static final int OPERANDS_PER_NODE = 16;

  public GraphLimits {
    requireRange("maxNodes", maxNodes, Integer.MAX_VALUE);
    requireRange("maxTensors", maxTensors, Integer.MAX_VALUE);
    requireRange("maxOperands", maxOperands, Integer.MAX_VALUE);
    requireRange("maxTensorBytes", maxTensorBytes, 1L << 40);
    requireRange("maxOperations", maxOperations, 1L << 42);
  }

  private static void requireRange(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be between 1 and %d".formatted(name, value, most));
    }
  }

  /**
   * Checks counts before anything is built from them.
   *
   * @throws GraphTooLargeException if a limit is exceeded
   */
  public void checkCounts(long nodes, long tensors) {
    check(() -> "graph", "nodes", nodes, maxNodes);
    check(() -> "graph", "tensors", tensors, maxTensors);
  }

  /**
   * Checks how many operands and results all nodes have together.
   *
   * @throws GraphTooLargeException if it is more than 16 for each of the most nodes
   */
  public void checkOperands(long operands) {
    check(() -> "graph", "operands and results", operands, maxOperandsOfAll());
  }

  /** Most operands and results of all nodes together. */
  public long maxOperandsOfAll() {
    return (long) OPERANDS_PER_NODE * maxNodes;
  }

  void check(Supplier<String> place, String what, long count, long limit) {
    if (count > limit) {
      throw new GraphTooLargeException(
          "%s: has %d %s, the limit is %d".formatted(place.get(), count, what, limit));
    }
  }
}
