package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A graph written tensor by tensor, of any types; methods return tensors' indices. */
final class Sketch {
  static final Operator RELU = new Operator.Unary(UnaryFunction.RELU);
  static final Operator CUSTOM = new Operator.Custom("Mystery");
  static final Quantization SCALE = new Quantization.PerTensor(0.5f, 3);
  static final Quantization OTHER_SCALE = new Quantization.PerTensor(0.25f, 0);

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();

  static Tensor row(DataType type) {
    return Tensor.activation("", Shape.of(1, 8), type);
  }

  static Tensor row(DataType type, Quantization scale) {
    return row(type).withType(type, scale);
  }

  static Tensor real(int... shape) {
    return Tensor.activation("", Shape.of(shape), DataType.FLOAT32);
  }

  int input(Tensor tensor) {
    inputs.add(add(tensor));
    return tensors.size() - 1;
  }

  int parameter(DataType type, int... shape) {
    return add(Tensor.parameter("p" + tensors.size(), Shape.of(shape), type));
  }

  int state(DataType type, int... shape) {
    return add(
        new Tensor(
            "s" + tensors.size(), Shape.of(shape), type, Quantization.NONE, Tensor.Role.STATE));
  }

  private int add(Tensor tensor) {
    String name = tensor.name().isEmpty() ? "t" + tensors.size() : tensor.name();
    tensors.add(
        new Tensor(name, tensor.shape(), tensor.type(), tensor.quantization(), tensor.role()));
    return tensors.size() - 1;
  }

  int apply(Operator operator, Tensor result, Integer... operands) {
    int index = add(result);
    nodes.add(new Node("n" + nodes.size(), operator, Arrays.asList(operands), List.of(index)));
    return index;
  }

  /** The verified graph. */
  Graph graph(Integer... outputs) {
    return verified(new Graph("sketch", tensors, nodes, inputs, Arrays.asList(outputs)));
  }

  static Graph verified(Graph graph) {
    return GraphVerifier.verify(graph, GraphLimits.DEFAULT);
  }

  static Graph int8(Graph graph) {
    return verified(Precision.INT8.applyTo(graph));
  }

  static Graph bf16(Graph graph) {
    return verified(Precision.BF16.applyTo(graph));
  }

  static Node node(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  static List<String> kinds(Graph graph) {
    return graph.nodes().stream().map(node -> node.operator().kind()).toList();
  }
}
