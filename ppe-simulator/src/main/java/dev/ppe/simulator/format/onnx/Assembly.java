package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The graph as far as it is written: its tensors and nodes, and what was done once and need not be
 * done again for the next reader, such as a change of a value's axis order.
 */
final class Assembly {
  private record Reordered(int tensor, AxisOrder from, AxisOrder to) {}

  private final GraphLimits limits;
  private final Interruption interruption;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Tensor, Integer> parameters = new HashMap<>();
  private final Map<Reordered, Activation> reordered = new HashMap<>();
  private final Map<Integer, Integer> reshaped = new HashMap<>();
  private final Map<Integer, Integer> dequantized = new HashMap<>();

  Assembly(GraphLimits limits, Interruption interruption) {
    this.limits = limits;
    this.interruption = interruption;
  }

  private int add(Tensor tensor) {
    interruption.checkAt(tensors.size());
    tensors.add(tensor);
    limits.checkCounts(nodes.size(), tensors.size());
    return tensors.size() - 1;
  }

  /** What the caller of the graph provides. */
  Activation input(String name, Shape shape, AxisOrder order, Numbers numbers) {
    return result(name, order.toGraph(shape), order, numbers);
  }

  /** A stored value in the graph's axis order; equal ones are one tensor. */
  int parameter(String name, Shape shape, DataType type, Quantization quantization) {
    Tensor tensor = Tensor.parameter(name, shape, type).withType(type, quantization);
    return parameters.computeIfAbsent(tensor, this::add);
  }

  /** As {@link #parameter(String, Shape, DataType, Quantization)}, of a value of the file. */
  int parameter(Stored value, AxisOrder order) {
    Quantization quantization =
        value.quantization() instanceof Quantization.PerChannel channels
                && channels.axis() < order.rank()
            ? new Quantization.PerChannel(order.graph(channels.axis()))
            : value.quantization();
    return parameter(value.name(), order.toGraph(value.shape()), value.type(), quantization);
  }

  /** A value that starts as zeros and is kept from one inference to the next. */
  int state(String name, Shape shape, DataType type) {
    return add(new Tensor(name, shape, type, Quantization.NONE, Tensor.Role.STATE));
  }

  /** A node of one result whose shape follows from the operands. */
  Activation apply(
      String name, Operator operator, List<Integer> operands, AxisOrder order, Numbers numbers) {
    return applyAll(name, operator, operands, order, numbers).getFirst();
  }

  /** A node whose results' shapes follow from the operands, all in {@code order}. */
  List<Activation> applyAll(
      String name, Operator operator, List<Integer> operands, AxisOrder order, Numbers numbers) {
    List<Optional<Shape>> shapes =
        operands.stream()
            .map(
                index ->
                    index == Node.ABSENT
                        ? Optional.<Shape>empty()
                        : Optional.of(tensors.get(index).shape()))
            .toList();
    List<Shape> results = ShapeInference.infer(operator, shapes).orElseThrow();
    return declare(name, operator, operands, results, order, numbers);
  }

  /** A node whose results have the given shapes, in the graph's axis order. */
  List<Activation> declare(
      String name,
      Operator operator,
      List<Integer> operands,
      List<Shape> shapes,
      AxisOrder order,
      Numbers numbers) {
    List<Activation> results = new ArrayList<>(shapes.size());
    for (int i = 0; i < shapes.size(); i++) {
      String result = shapes.size() == 1 ? name : name + ":" + i;
      results.add(result(result, shapes.get(i), order, numbers));
    }
    add(new Node(name, operator, operands, results.stream().map(Activation::tensor).toList()));
    return results;
  }

  /** A tensor for a node that is to be {@link #add added}. */
  Activation result(String name, Shape shape, AxisOrder order, Numbers numbers) {
    int tensor =
        add(
            Tensor.activation(name, shape, numbers.type())
                .withType(numbers.type(), numbers.quantization()));
    return new Activation(
        tensor, order.toFile(shape), order, numbers.type(), numbers.quantization(), numbers.real());
  }

  void add(Node node) {
    nodes.add(node);
    limits.checkCounts(nodes.size(), tensors.size());
  }

  /** The numbers of an activation: what a result of the same kind has. */
  record Numbers(DataType type, Quantization quantization, boolean real) {
    static Numbers of(Activation value) {
      return new Numbers(value.type(), value.quantization(), value.real());
    }

    static Numbers plain(DataType type) {
      return new Numbers(type, Quantization.NONE, false);
    }
  }

  /** The value with its axes in {@code order}: itself, reshaped, or transposed if that must be. */
  Activation reorder(String name, Activation value, AxisOrder order) {
    if (value.order().equals(order)) {
      return value;
    }
    if (value.order().sameSequence(order, value.shape())) {
      return once(value, order, () -> reshape(name + "/reshape", value, value.shape(), order));
    }
    Operator transpose = new Operator.Transpose(value.order().permutationTo(order));
    return once(
        value,
        order,
        () ->
            apply(
                name + "/transpose", transpose, List.of(value.tensor()), order, Numbers.of(value)));
  }

  private Activation once(Activation value, AxisOrder order, Supplier<Activation> step) {
    Reordered key = new Reordered(value.tensor(), value.order(), order);
    Activation known = reordered.get(key);
    if (known == null) {
      known = step.get();
      reordered.put(key, known);
    }
    return known.asReal(value.real());
  }

  /** The same elements in the file's sequence under another shape. */
  Activation reshape(String name, Activation value, Shape shape, AxisOrder order) {
    return undone(value, shape, order)
        .orElseGet(
            () -> {
              int source = reshaped.getOrDefault(value.tensor(), value.tensor());
              Operator operator = new Operator.Reshape(order.toGraph(shape).toList());
              Activation result = apply(name, operator, List.of(source), order, Numbers.of(value));
              reshaped.put(result.tensor(), source);
              return result;
            });
  }

  /** The value under another shape if it has that already, or had it before it was reshaped. */
  Optional<Activation> undone(Activation value, Shape shape, AxisOrder order) {
    Shape target = order.toGraph(shape);
    int source = reshaped.getOrDefault(value.tensor(), value.tensor());
    return Stream.of(value.tensor(), source)
        .filter(tensor -> tensors.get(tensor).shape().equals(target))
        .findFirst()
        .map(
            tensor ->
                new Activation(
                    tensor, shape, order, value.type(), value.quantization(), value.real()));
  }

  /** The real numbers behind quantised ones, for a reader that computes with those. */
  Activation dequantize(String name, Activation value) {
    if (!value.real()) {
      return value;
    }
    Numbers numbers = Numbers.plain(DataType.FLOAT32);
    int tensor =
        dequantized.computeIfAbsent(
            value.tensor(),
            index ->
                apply(
                        name + "/dequantize",
                        new Operator.Dequantize(),
                        List.of(index),
                        value.order(),
                        numbers)
                    .tensor());
    return new Activation(
        tensor, value.shape(), value.order(), numbers.type(), numbers.quantization(), false);
  }

  /** What a flattened map is for readers that take the file's order seriously. */
  Activation unfold(String name, Flattened value) {
    AxisOrder inOrder = AxisOrder.identity(value.source().shape().rank());
    boolean lies = value.source().order().sameSequence(inOrder, value.source().shape());
    Activation source = lies ? value.source() : reorder(name, value.source(), inOrder);
    return reshape(
        name + "/flatten", source, value.shape(), AxisOrder.identity(value.shape().rank()));
  }

  Graph graph(String name, List<Integer> inputs, List<Integer> outputs) {
    return new Graph(name, tensors, needed(outputs), inputs, outputs);
  }

  /**
   * The nodes that some output needs: a step that turned out to be needless leaves others behind.
   */
  private List<Node> needed(List<Integer> outputs) {
    boolean[] wanted = new boolean[tensors.size()];
    outputs.forEach(output -> wanted[output] = true);
    List<Node> needed = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      interruption.check();
      if (node.outputs().stream().anyMatch(output -> wanted[output])) {
        node.inputs().stream().filter(i -> i != Node.ABSENT).forEach(input -> wanted[input] = true);
        needed.add(node);
      }
    }
    return needed.reversed();
  }
}
