package dev.ppe.simulator.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Stored operands of elementwise operators in the shortest shape that broadcasts alike: [1, 1, 1,
 * C] is [C], and a single element a scalar. Formats with other axis orders write them out.
 */
final class BroadcastParameters {
  private BroadcastParameters() {}

  /** A verified graph with those operands shortened that nothing but such operators reads. */
  static Graph withoutLeadingOnes(Graph graph) {
    boolean[] kept = new boolean[graph.tensors().size()];
    graph.outputs().forEach(output -> kept[output] = true);
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        int input = node.inputs().get(i);
        if (input != Node.ABSENT && !mayBeShorter(graph, node, i)) {
          kept[input] = true;
        }
      }
    }
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    boolean changed = false;
    for (int i = 0; i < kept.length; i++) {
      Tensor tensor = graph.tensor(i);
      boolean shorter =
          tensor.isParameter() && tensor.shape().rank() > 0 && tensor.shape().dim(0) == 1;
      if (shorter && !kept[i] && !(tensor.quantization() instanceof Quantization.PerChannel)) {
        tensors.set(i, tensor.withShape(shortened(tensor.shape())));
        changed = true;
      }
    }
    return changed
        ? new Graph(graph.name(), tensors, graph.nodes(), graph.inputs(), graph.outputs())
        : graph;
  }

  private static boolean mayBeShorter(Graph graph, Node node, int position) {
    return switch (node.operator()) {
      case Operator.Binary binary -> ranksBelow(graph, node, position, 1 - position);
      case Operator.PRelu prelu -> position == 1 && ranksBelow(graph, node, 1, 0);
      default -> false;
    };
  }

  /** Whether the other operand, which is computed, alone decides the result's rank. */
  private static boolean ranksBelow(Graph graph, Node node, int position, int other) {
    return !graph.input(node, other).isParameter()
        && graph.input(node, position).shape().rank() <= graph.input(node, other).shape().rank();
  }

  private static Shape shortened(Shape shape) {
    List<Integer> dimensions = new ArrayList<>(shape.toList());
    while (!dimensions.isEmpty() && dimensions.getFirst() == 1) {
      dimensions.removeFirst();
    }
    return Shape.of(dimensions);
  }
}
