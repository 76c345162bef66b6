package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.ArrayList;
import java.util.List;

/** Small networks for tests. */
final class Graphs {
  static final Operator RELU = new Operator.Unary(UnaryFunction.RELU);
  static final Operator ADD = new Operator.Binary(BinaryFunction.ADD, Activation.NONE);

  private Graphs() {}

  static Tensor map(String name, int... shape) {
    return Tensor.activation(name, Shape.of(shape), DataType.INT8);
  }

  static Tensor weights(String name, int... shape) {
    return Tensor.parameter(name, Shape.of(shape), DataType.INT8);
  }

  static Node node(Operator operator, List<Integer> inputs, int output) {
    return new Node("n" + output, operator, inputs, List.of(output));
  }

  /** A residual block: x (0), weights (1), bias (2), convolution (3), sum with x (4). */
  static Graph residual() {
    Operator conv = new Operator.Conv2d(Window.square(3, 1, Padding.SAME), 1, Activation.RELU);
    return new Graph(
        "residual",
        List.of(
            map("x", 1, 8, 8, 4),
            weights("w", 4, 3, 3, 4),
            weights("b", 4),
            map("c", 1, 8, 8, 4),
            map("y", 1, 8, 8, 4)),
        List.of(node(conv, List.of(0, 1, 2), 3), node(ADD, List.of(3, 0), 4)),
        List.of(0),
        List.of(4));
  }

  /** ReLU after ReLU. */
  static Graph chain(int length) {
    List<Tensor> tensors = new ArrayList<>(List.of(map("x", 4)));
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      tensors.add(map("t", 4));
      nodes.add(node(RELU, List.of(i), i + 1));
    }
    return new Graph("chain", tensors, nodes, List.of(0), List.of(length));
  }
}
