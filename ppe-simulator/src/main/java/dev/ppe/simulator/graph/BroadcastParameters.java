package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.List;

/**
 * Stored operands of elementwise operators in the shortest shape that broadcasts alike: [1, 1, 1,
 * C] is [C], and a single element a scalar. Formats with other axis orders write them out.
 */
final class BroadcastParameters {
  private BroadcastParameters() {}

  /** A verified graph with those operands shortened that nothing but such operators reads. */
  static Graph withoutLeadingOnes(Graph graph, Interruption interruption) {
    boolean[] kept = new boolean[graph.tensors().size()];
    graph.outputs().forEach(output -> kept[output] = true);
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      Node node = graph.nodes().get(i);
      for (int position = 0; position < node.inputs().size(); position++) {
        int input = node.inputs().get(position);
        if (input != Node.ABSENT && !mayBeShorter(graph, node, position)) {
          kept[input] = true;
        }
      }
    }
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    boolean changed = false;
    for (int i = 0; i < kept.length; i++) {
      interruption.checkAt(i);
      Tensor tensor = graph.tensor(i);
      boolean shorter =
          tensor.isParameter() && tensor.shape().rank() > 0 && tensor.shape().dim(0) == 1;
      if (shorter && !kept[i]) {
        tensors.set(i, shortened(tensor));
        changed = true;
      }
    }
    return changed
        ? new Graph(graph.name(), tensors, graph.nodes(), graph.inputs(), graph.outputs())
        : graph;
  }

  private static boolean mayBeShorter(Graph graph, Node node, int position) {
    return switch (node.operator()) {
      case Operator.Binary binary ->
          position <= 1 && ranksBelow(graph, node, position, 1 - position);
      case Operator.PRelu prelu -> position == 1 && ranksBelow(graph, node, 1, 0);
      default -> false;
    };
  }

  /** Whether the other operand, which is computed, alone decides the result's rank. */
  private static boolean ranksBelow(Graph graph, Node node, int position, int other) {
    return !graph.input(node, other).isParameter()
        && graph.input(node, position).shape().rank() <= graph.input(node, other).shape().rank();
  }

  private static Tensor shortened(Tensor tensor) {
    List<Integer> dimensions = new ArrayList<>(tensor.shape().toList());
    while (!dimensions.isEmpty() && dimensions.getFirst() == 1) {
      dimensions.removeFirst();
    }
    int dropped = tensor.shape().rank() - dimensions.size();
    Quantization quantization =
        switch (tensor.quantization()) {
          case Quantization.PerChannel channels when channels.axis() >= dropped ->
              new Quantization.PerChannel(channels.axis() - dropped);
          case Quantization.PerChannel single ->
              Quantization.NONE; // of one channel: any scale will do
          case Quantization.PerTensor whole -> whole;
          case Quantization.None none -> none;
        };
    return tensor.withShape(Shape.of(dimensions)).withType(tensor.type(), quantization);
  }
}
