package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;

/**
 * What a layer without multiply-accumulates does.
 *
 * @param operations elementwise operations
 * @param readBytes operand bytes it reads, each pass counted
 * @param writeBytes result bytes it writes
 */
record VectorWork(long operations, long readBytes, long writeBytes) {
  static final VectorWork NONE = new VectorWork(0, 0, 0);

  static VectorWork of(Graph graph, Node node) {
    long read = operandBytes(graph, node);
    long write = resultBytes(graph, node);
    long operations = Workload.vectorOperations(graph, node);
    return switch (node.operator()) {
      // Another view of the same bytes.
      case Operator.Reshape r -> NONE;
      case Operator.Squeeze s -> NONE;
      case Operator.ExpandDims e -> NONE;
      // Each window is read anew: neighbouring windows share no fetch.
      case Operator.Pool2d pool ->
          new VectorWork(operations, graph.input(node, 0).type().bytes(operations), write);
      // Largest element; exponentials and their sum; quotients.
      case Operator.Softmax s -> new VectorWork(5 * operations, 3 * read, write);
      case Operator.LogSoftmax s -> new VectorWork(5 * operations, 3 * read, write);
      // Mean; variance; scaling.
      case Operator.LayerNorm l -> new VectorWork(6 * operations, 3 * read, write);
      // Four neighbours, three interpolations.
      case Operator.Resize resize when resize.method() == Operator.ResizeMethod.BILINEAR ->
          new VectorWork(7 * operations, 4 * write, write);
      case Operator.Resize resize -> new VectorWork(operations, write, write);
      default -> new VectorWork(operations, Math.min(read, 4 * write), write);
    };
  }

  static long operandBytes(Graph graph, Node node) {
    return node.inputs().stream()
        .filter(index -> index != Node.ABSENT)
        .mapToLong(index -> graph.tensor(index).bytes())
        .sum();
  }

  static long resultBytes(Graph graph, Node node) {
    return node.outputs().stream().mapToLong(index -> graph.tensor(index).bytes()).sum();
  }
}
