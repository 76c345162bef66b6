package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Graphs of operators without a network around them. */
public final class OperatorZoo {
  private static final Activation NONE = Activation.NONE;
  private static final Window THREE = Window.square(3, 1, Padding.SAME);

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();

  private OperatorZoo() {}

  /** Every operator there is, side by side, each with inputs of its own. */
  public static Graph everyOperator() {
    OperatorZoo zoo = new OperatorZoo();
    zoo.convolutions();
    zoo.products();
    zoo.elementwise();
    zoo.layout();
    zoo.onTheHost();
    return zoo.build();
  }

  /** A graph of one node, all of whose operands are 8-bit inputs. */
  public static Graph single(Operator operator, Shape... operands) {
    OperatorZoo zoo = new OperatorZoo();
    zoo.add(operator, Arrays.stream(operands).map(zoo::input).toList());
    return zoo.build();
  }

  /** A graph of one convolution-like node over an input, with stored weights. */
  public static Graph weighted(Operator operator, Shape input, Shape weights) {
    OperatorZoo zoo = new OperatorZoo();
    zoo.add(operator, List.of(zoo.input(input), zoo.parameter(weights, DataType.INT8)));
    return zoo.build();
  }

  private void convolutions() {
    Shape map = Shape.of(1, 8, 8, 16);
    int bias = parameter(Shape.of(16), DataType.INT32);
    add(
        new Operator.Conv2d(THREE, 1, NONE),
        List.of(input(map), parameter(Shape.of(16, 3, 3, 16), DataType.INT8), bias));
    add(
        new Operator.Conv2d(THREE, 4, NONE),
        List.of(input(map), parameter(Shape.of(16, 3, 3, 4), DataType.INT8), bias));
    add(
        new Operator.DepthwiseConv2d(THREE, 2, NONE),
        List.of(input(map), parameter(Shape.of(1, 3, 3, 32), DataType.INT8)));
    add(
        new Operator.TransposeConv2d(Window.square(3, 2, Padding.SAME), 16, 16, NONE),
        List.of(input(map), parameter(Shape.of(8, 3, 3, 16), DataType.INT8)));
    for (PoolFunction function : PoolFunction.values()) {
      add(new Operator.Pool2d(function, THREE, NONE), List.of(input(map)));
      add(new Operator.GlobalPool2d(function), List.of(input(map)));
    }
    for (ResizeMethod method : ResizeMethod.values()) {
      add(new Operator.Resize(method, 11, 5, false, false), List.of(input(map)));
    }
  }

  private void products() {
    add(
        new Operator.FullyConnected(false, NONE),
        List.of(input(Shape.of(3, 24)), parameter(Shape.of(10, 24), DataType.INT8)));
    add(
        new Operator.FullyConnected(true, NONE),
        List.of(input(Shape.of(2, 5, 24)), parameter(Shape.of(10, 24), DataType.INT8)));
    for (boolean left : List.of(false, true)) {
      for (boolean right : List.of(false, true)) {
        add(
            new Operator.BatchMatMul(left, right),
            List.of(
                input(left ? Shape.of(2, 7, 5) : Shape.of(2, 5, 7)),
                input(right ? Shape.of(2, 9, 7) : Shape.of(2, 7, 9))));
      }
    }
    lstm(false, 4);
    lstm(true, 3);
  }

  private void lstm(boolean timeMajor, int gates) {
    int units = 6;
    int features = 5;
    List<Integer> operands = new ArrayList<>();
    operands.add(input(timeMajor ? Shape.of(7, 2, features) : Shape.of(2, 7, features)));
    for (int depth : List.of(features, units)) {
      for (int gate = 0; gate < 4; gate++) {
        operands.add(
            gate == 0 && gates == 3
                ? Node.ABSENT
                : parameter(Shape.of(units, depth), DataType.INT8));
      }
    }
    for (int i = 9; i < 18; i++) {
      operands.add(Node.ABSENT);
    }
    operands.add(state(Shape.of(2, units), DataType.INT8));
    operands.add(state(Shape.of(2, units), DataType.INT16));
    add(new Operator.UnidirectionalLstm(timeMajor), operands);
  }

  private void elementwise() {
    Shape map = Shape.of(1, 4, 4, 8);
    for (BinaryFunction function : BinaryFunction.values()) {
      add(new Operator.Binary(function, NONE), List.of(input(map), input(Shape.of(1, 1, 1, 8))));
    }
    for (UnaryFunction function : UnaryFunction.values()) {
      add(new Operator.Unary(function), List.of(input(map)));
    }
    for (ReduceFunction function : ReduceFunction.values()) {
      add(new Operator.Reduce(function, List.of(1, 2), true), List.of(input(map)));
      add(new Operator.Reduce(function, List.of(), false), List.of(input(map)));
    }
    add(new Operator.PRelu(), List.of(input(map), parameter(Shape.of(1, 1, 8), DataType.INT8)));
    add(new Operator.Softmax(-1), List.of(input(map)));
    add(new Operator.Quantize(), List.of(input(map)));
  }

  private void layout() {
    Shape map = Shape.of(1, 4, 4, 8);
    add(new Operator.Concat(-1, NONE), List.of(input(map), input(Shape.of(1, 4, 4, 3))));
    addAll(new Operator.Split(3, List.of(1, 5, 2)), List.of(input(map)), 3);
    add(new Operator.Slice(List.of(0, 1, 1, 0), List.of(1, 2, -1, 8)), List.of(input(map)));
    add(
        new Operator.StridedSlice(
            List.of(0, 0, 0, 7), List.of(1, 4, 4, 0), List.of(1, 2, 2, -1), 0, 0, 0, 0, 0),
        List.of(input(map)));
    for (PadMode mode : PadMode.values()) {
      add(new Operator.Pad(List.of(0, 1, 2, 0), List.of(0, 2, 1, 0), mode), List.of(input(map)));
    }
    add(new Operator.Reshape(List.of(4, -1)), List.of(input(map)));
    add(new Operator.Squeeze(List.of()), List.of(input(map)));
    add(new Operator.ExpandDims(0), List.of(input(map)));
    add(new Operator.Transpose(List.of(0, 3, 1, 2)), List.of(input(map)));
    add(new Operator.SpaceToDepth(2), List.of(input(map)));
  }

  private void onTheHost() {
    Shape map = Shape.of(1, 4, 4, 8);
    add(new Operator.DepthToSpace(2), List.of(input(map)));
    add(new Operator.LogSoftmax(-1), List.of(input(map)));
    add(new Operator.LayerNorm(1), List.of(input(map)));
    add(new Operator.Gather(0, 0), List.of(input(Shape.of(100, 8)), input(Shape.of(1, 5))));
    add(new Operator.ArgMax(-1, false, DataType.INT8), List.of(input(map)));
    add(new Operator.Cast(DataType.INT8), List.of(input(map)));
    add(new Operator.Dequantize(), List.of(input(map)));
    int result = tensor("custom", map, DataType.INT8, Tensor.Role.ACTIVATION);
    nodes.add(new Node("custom", new Operator.Custom("Nms"), List.of(input(map)), List.of(result)));
    outputs.add(result);
  }

  private int input(Shape shape) {
    int index = tensor("x" + tensors.size(), shape, DataType.INT8, Tensor.Role.ACTIVATION);
    inputs.add(index);
    return index;
  }

  private int parameter(Shape shape, DataType type) {
    return tensor("w" + tensors.size(), shape, type, Tensor.Role.PARAMETER);
  }

  private int state(Shape shape, DataType type) {
    return tensor("s" + tensors.size(), shape, type, Tensor.Role.STATE);
  }

  private int tensor(String name, Shape shape, DataType type, Tensor.Role role) {
    tensors.add(new Tensor(name, shape, type, Quantization.NONE, role));
    return tensors.size() - 1;
  }

  private void add(Operator operator, List<Integer> operands) {
    addAll(operator, operands, 1);
  }

  private void addAll(Operator operator, List<Integer> operands, int results) {
    List<Shape> shapes =
        ShapeInference.infer(
                operator,
                operands.stream()
                    .map(
                        index ->
                            index == Node.ABSENT
                                ? Optional.<Shape>empty()
                                : Optional.of(tensors.get(index).shape()))
                    .toList())
            .orElseThrow();
    DataType type = operator instanceof Operator.Dequantize ? DataType.FLOAT32 : DataType.INT8;
    List<Integer> made =
        IntStream.range(0, results)
            .map(i -> tensor("y" + tensors.size(), shapes.get(i), type, Tensor.Role.ACTIVATION))
            .boxed()
            .toList();
    nodes.add(new Node(operator.kind() + nodes.size(), operator, operands, made));
    outputs.addAll(made);
  }

  private Graph build() {
    Graph graph =
        new Graph(
            nodes.size() == 1 ? nodes.getFirst().name() : "every operator",
            tensors,
            nodes,
            inputs,
            outputs);
    return GraphVerifier.verify(graph, GraphLimits.DEFAULT);
  }

  /** The kinds of operator that {@link #everyOperator} has. */
  static Stream<Class<?>> kinds() {
    return everyOperator().nodes().stream().map(node -> node.operator().getClass());
  }
}
