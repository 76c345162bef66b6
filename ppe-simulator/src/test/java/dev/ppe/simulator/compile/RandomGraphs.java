package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Small graphs of operators of every kind, in random order: each reads the latest feature map, or
 * inputs of its own.
 */
public final class RandomGraphs {
  private static final int KINDS = 35;
  private static final List<Activation> ACTIVATIONS = List.of(Activation.NONE, Activation.RELU);

  private final Random random;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private int map;

  private RandomGraphs(Random random) {
    this.random = random;
  }

  /** A graph of one to four operators. */
  public static Graph of(Random random) {
    RandomGraphs graph = new RandomGraphs(random);
    graph.map =
        graph.input(Shape.of(1, graph.upTo(9), graph.upTo(9), graph.any(1, 3, 4, 8, 12, 17)));
    for (int i = graph.upTo(4); i > 0; i--) {
      graph.add(random.nextInt(KINDS));
    }
    return graph.build();
  }

  private void add(int kind) {
    Shape shape = tensors.get(map).shape();
    int height = shape.dim(1);
    int width = shape.dim(2);
    int channels = shape.innermost();
    switch (kind) {
      case 0 -> convolution(channels, 1);
      case 1 -> convolution(channels, divisor(channels));
      case 2 -> {
        int multiplier = upTo(2);
        Window window = window(height, width);
        apply(
            new Operator.DepthwiseConv2d(window, multiplier, activation()),
            map,
            weights(1, window.kernelHeight(), window.kernelWidth(), channels * multiplier));
      }
      case 3 -> {
        int stride = upTo(2);
        int kernel = upTo(3);
        apply(
            new Operator.TransposeConv2d(
                Window.square(kernel, stride, Padding.SAME),
                height * stride,
                width * stride,
                activation()),
            map,
            weights(upTo(9), kernel, kernel, channels));
      }
      case 4 -> {
        int depth = upTo(40);
        int x = input(random.nextBoolean() ? Shape.of(upTo(3), depth) : Shape.of(1, 2, depth));
        apply(
            new Operator.FullyConnected(random.nextBoolean(), activation()),
            x,
            weights(upTo(50), depth));
      }
      case 5 -> {
        boolean left = random.nextBoolean();
        boolean right = random.nextBoolean();
        int batch = upTo(2);
        int rows = upTo(6);
        int depth = upTo(9);
        int columns = upTo(12);
        apply(
            new Operator.BatchMatMul(left, right),
            input(left ? Shape.of(batch, depth, rows) : Shape.of(batch, rows, depth)),
            input(right ? Shape.of(batch, columns, depth) : Shape.of(batch, depth, columns)));
      }
      case 6 ->
          apply(
              new Operator.Pool2d(
                  any(Operator.PoolFunction.values()), window(height, width), activation()),
              map);
      case 7 -> apply(new Operator.GlobalPool2d(any(Operator.PoolFunction.values())), map);
      case 8 ->
          apply(
              new Operator.Reduce(
                  any(Operator.ReduceFunction.values()),
                  any(List.of(1, 2), List.of(3), List.<Integer>of()),
                  random.nextBoolean()),
              map);
      case 9 ->
          apply(
              new Operator.Binary(any(Operator.BinaryFunction.values()), activation()),
              map,
              any(map, input(shape), input(Shape.of(1, 1, 1, channels))));
      case 10 -> apply(new Operator.Unary(any(Operator.UnaryFunction.values())), map);
      case 11 -> apply(new Operator.PRelu(), map, weights(1, 1, channels));
      case 12 ->
          apply(
              new Operator.Concat(-1, activation()),
              map,
              input(Shape.of(1, height, width, upTo(5))));
      case 13 -> {
        int first = random.nextInt(channels) + 1;
        if (first == channels) {
          applyAll(new Operator.Split(3, List.of(channels)), 1, map);
        } else {
          applyAll(new Operator.Split(3, List.of(first, channels - first)), 2, map);
        }
      }
      case 14 -> {
        int begin = random.nextInt(height);
        apply(new Operator.Slice(List.of(0, begin, 0, 0), List.of(1, -1, width, channels)), map);
      }
      case 15 ->
          apply(
              new Operator.StridedSlice(
                  List.of(0, 0, 0, channels - 1),
                  List.of(1, height, width, 0),
                  List.of(1, upTo(2), upTo(2), -1),
                  0,
                  8,
                  0,
                  0,
                  0),
              map);
      case 16 -> {
        int top = Math.min(upTo(2), height - 1);
        apply(
            new Operator.Pad(
                List.of(0, top, 0, 0), List.of(0, 0, 0, 0), any(Operator.PadMode.values())),
            map);
      }
      case 17 -> apply(new Operator.Reshape(List.of(1, width, height, -1)), map);
      case 18 -> apply(new Operator.Squeeze(List.of(0)), map);
      case 19 -> apply(new Operator.ExpandDims(0), map);
      case 20 -> apply(new Operator.Transpose(any(List.of(0, 2, 1, 3), List.of(0, 3, 1, 2))), map);
      case 21 ->
          apply(
              new Operator.Resize(
                  any(Operator.ResizeMethod.values()),
                  upTo(12),
                  upTo(12),
                  random.nextBoolean(),
                  random.nextBoolean()),
              map);
      case 22 -> apply(new Operator.Softmax(-1), map);
      case 23 -> apply(new Operator.LogSoftmax(-1), map);
      case 24 -> apply(new Operator.LayerNorm(1), map);
      case 25 ->
          apply(new Operator.Gather(0, 0), input(Shape.of(20, 6)), input(Shape.of(1, upTo(5))));
      case 26 -> apply(new Operator.ArgMax(-1, false, DataType.INT8), map);
      case 27 -> apply(new Operator.Cast(DataType.INT8), map);
      case 28 -> apply(new Operator.Quantize(), map);
      case 29 -> apply(new Operator.Dequantize(), map);
      case 30 -> apply(new Operator.DepthToSpace(2), input(Shape.of(1, upTo(4), upTo(4), 8)));
      case 31 -> apply(new Operator.SpaceToDepth(2), input(Shape.of(1, 6, 4, upTo(9))));
      case 32 -> {
        convolution(channels, 1);
        apply(
            new Operator.Binary(Operator.BinaryFunction.ADD, activation()),
            map,
            input(tensors.get(map).shape()));
      }
      case 33 -> excitation();
      default -> lstmOrCustom();
    }
  }

  private void convolution(int channels, int groups) {
    Shape shape = tensors.get(map).shape();
    Window window = window(shape.dim(1), shape.dim(2));
    apply(
        new Operator.Conv2d(window, groups, activation()),
        map,
        weights(
            groups * upTo(24 / Math.min(groups, 12)),
            window.kernelHeight(),
            window.kernelWidth(),
            channels / groups));
  }

  /** A map so large that it often overflows, and read again after all of it was seen. */
  private void excitation() {
    int read = input(Shape.of(1, 16, 16, 8 * upTo(4)));
    apply(new Operator.GlobalPool2d(any(Operator.PoolFunction.values())), read);
    apply(new Operator.Binary(Operator.BinaryFunction.MUL, activation()), read, map);
  }

  private void lstmOrCustom() {
    if (random.nextBoolean()) {
      Tensor read = tensors.get(map);
      int result = tensor(read.shape(), DataType.INT8, Tensor.Role.ACTIVATION);
      nodes.add(
          new Node(
              "custom" + nodes.size(), new Operator.Custom("Nms"), List.of(map), List.of(result)));
      map = result;
      return;
    }
    boolean timeMajor = random.nextBoolean();
    int units = upTo(6);
    int features = upTo(6);
    int time = upTo(4);
    List<Integer> operands = new ArrayList<>();
    operands.add(input(timeMajor ? Shape.of(time, 1, features) : Shape.of(1, time, features)));
    for (int depth : List.of(features, units)) {
      for (int gate = 0; gate < 4; gate++) {
        operands.add(weights(units, depth));
      }
    }
    operands.addAll(Collections.nCopies(9, Node.ABSENT));
    operands.add(tensor(Shape.of(1, units), DataType.INT8, Tensor.Role.STATE));
    operands.add(tensor(Shape.of(1, units), DataType.INT16, Tensor.Role.STATE));
    add(new Operator.UnidirectionalLstm(timeMajor), 1, operands);
  }

  private Window window(int height, int width) {
    int rows = upTo(3);
    int columns = upTo(3);
    boolean fits = rows <= height && columns <= width;
    return random.nextInt(3) > 0 || !fits
        ? new Window(rows, columns, upTo(2), upTo(2), upTo(2), upTo(2), Padding.SAME)
        : new Window(rows, columns, upTo(2), upTo(2), 1, 1, Padding.VALID);
  }

  private int divisor(int number) {
    int divisor = upTo(number);
    while (number % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private Activation activation() {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int input(Shape shape) {
    int index = tensor(shape, DataType.INT8, Tensor.Role.ACTIVATION);
    inputs.add(index);
    return index;
  }

  private int weights(int... dimensions) {
    return tensor(Shape.of(dimensions), DataType.INT8, Tensor.Role.PARAMETER);
  }

  private int tensor(Shape shape, DataType type, Tensor.Role role) {
    tensors.add(new Tensor("t" + tensors.size(), shape, type, Quantization.NONE, role));
    return tensors.size() - 1;
  }

  private void apply(Operator operator, Integer... operands) {
    applyAll(operator, 1, operands);
  }

  private void applyAll(Operator operator, int results, Integer... operands) {
    add(operator, results, Arrays.asList(operands));
  }

  private void add(Operator operator, int results, List<Integer> operands) {
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
            .map(i -> tensor(shapes.get(i), type, Tensor.Role.ACTIVATION))
            .boxed()
            .toList();
    nodes.add(new Node(operator.kind() + nodes.size(), operator, operands, made));
    Shape shape = shapes.getFirst();
    if (shape.rank() == 4 && shape.dim(0) == 1 && type == DataType.INT8) {
      map = made.getFirst();
    }
  }

  private Graph build() {
    Set<Integer> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(node.inputs()));
    List<Integer> outputs =
        nodes.stream()
            .flatMap(node -> node.outputs().stream())
            .filter(o -> !read.contains(o))
            .toList();
    List<Integer> wanted = inputs.stream().filter(read::contains).toList();
    return GraphVerifier.verify(
        new Graph("random", tensors, nodes, wanted, outputs), GraphLimits.DEFAULT);
  }
}
