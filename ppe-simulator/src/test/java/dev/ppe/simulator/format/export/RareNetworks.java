package dev.ppe.simulator.format.export;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Networks that a format has no operator for, or that an importer could take for others: each has
 * to come back as it was. All over one map [1, 8, 8, 8].
 */
public final class RareNetworks {
  private static final Kernel THREE = Kernel.of(3);
  private static final Padding UNEVEN = Padding.explicit(2, 1, 0, 1);

  private final Arithmetic arithmetic;
  private final Map<String, Graph> graphs = new LinkedHashMap<>();

  private RareNetworks(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  /** All of them, by what is special about each. */
  public static Map<String, Graph> of(Arithmetic arithmetic) {
    RareNetworks networks = new RareNetworks(arithmetic);
    networks.fusedActivations();
    networks.activationsOfTheirOwn();
    networks.storedOperands();
    networks.paddings();
    networks.axes();
    networks.layerNorms();
    networks.matrices();
    networks.movements();
    networks.idiomsSpelledOut();
    networks.numbers();
    networks.depthwise();
    return networks.graphs;
  }

  /** A few that importers go out of their way for: name, graph. */
  public static Stream<Arguments> several() {
    Map<String, Graph> integers = of(Arithmetic.INT8);
    Map<String, Graph> reals = of(Arithmetic.FLOAT32);
    return Stream.concat(
        Stream.of(
                "conv padded " + UNEVEN,
                "cut transpose conv",
                "POW with LOGISTIC",
                "softmax along 1",
                "whole layer norm over 1",
                "fully connected over rows",
                "reals in between",
                "channels shuffled",
                "backwards, with another axis",
                "rows picked for each image",
                "product of transposed true false",
                "argmax along 2 true INT32")
            .map(name -> Arguments.of(name, Objects.requireNonNull(integers.get(name), name))),
        Stream.of("layer norm over 2", "a hard swish spelled out", "one row", "MUL with HARD_SWISH")
            .map(name -> Arguments.of(name, Objects.requireNonNull(reals.get(name), name))));
  }

  private interface Layers {
    Value apply(GraphBuilder net, Value x);
  }

  private void put(String name, Layers layers) {
    GraphBuilder net = GraphBuilder.named(name, arithmetic);
    graphs.put(name, net.build(layers.apply(net, net.input("x", 1, 8, 8, 8))));
  }

  private void fusedActivations() {
    for (Activation f : Activation.values()) {
      if (f == Activation.NONE || f == Activation.SIGN_BIT) {
        continue;
      }
      put("conv with " + f, (n, x) -> n.conv("y", x, 8, THREE, f));
      put("depthwise conv with " + f, (n, x) -> n.depthwise("y", x, THREE, f));
      put("transpose conv with " + f, (n, x) -> n.transposeConv("y", x, 4, THREE.stride(2), f));
      put("fully connected with " + f, (n, x) -> n.fullyConnected("y", pooled(n, x), 5, f));
      put("concat with " + f, (n, x) -> n.apply("y", new Operator.Concat(3, f), x, x));
      put("pool with " + f, (n, x) -> n.apply("y", pool(PoolFunction.MAX, Padding.VALID, f), x));
      for (BinaryFunction function : BinaryFunction.values()) {
        put(
            function + " with " + f,
            (n, x) -> n.apply("y", new Operator.Binary(function, f), x, other(n, x)));
      }
    }
  }

  private static Value pooled(GraphBuilder net, Value x) {
    return net.globalAveragePool("pool", x);
  }

  private static Value other(GraphBuilder net, Value x) {
    return net.unary("other", UnaryFunction.TANH, x);
  }

  private static Operator pool(PoolFunction function, Padding padding, Activation activation) {
    return new Operator.Pool2d(function, new Window(3, 3, 2, 2, 1, 1, padding), activation);
  }

  private void activationsOfTheirOwn() {
    for (UnaryFunction f : List.of(UnaryFunction.RELU, UnaryFunction.RELU6, UnaryFunction.TANH)) {
      put(f + " behind a conv", (n, x) -> n.unary("y", f, conv(n, x)));
      put(f + " behind a pool", (n, x) -> n.unary("y", f, pooled(n, x)));
      put(f + " behind a sum", (n, x) -> n.unary("y", f, sum(n, x)));
      put(
          f + " behind a fully connected layer",
          (n, x) -> n.unary("y", f, n.fullyConnected("fc", pooled(n, x), 5, Activation.NONE)));
    }
    put("two rectifiers", (n, x) -> n.unary("y", UnaryFunction.RELU6, relu(n, x)));
  }

  private static Value conv(GraphBuilder net, Value x) {
    return net.conv("conv", x, 8, THREE, Activation.NONE);
  }

  private static Value relu(GraphBuilder net, Value x) {
    return net.unary("relu", UnaryFunction.RELU, x);
  }

  private static Value sum(GraphBuilder net, Value x) {
    return net.add("sum", x, other(net, x), Activation.NONE);
  }

  private void storedOperands() {
    for (BinaryFunction f : BinaryFunction.values()) {
      Operator operator = new Operator.Binary(f, Activation.NONE);
      put(f + " of a number", (n, x) -> n.apply("y", operator, x, n.parameter("p")));
      put(f + " of channels", (n, x) -> n.apply("y", operator, x, n.parameter("p", 8)));
      put(f + " of channels first", (n, x) -> n.apply("y", operator, n.parameter("p", 8), x));
      put(f + " of a column", (n, x) -> n.apply("y", operator, x, n.parameter("p", 8, 1, 1)));
      put(
          f + " of channels behind a conv",
          (n, x) -> n.apply("y", operator, conv(n, x), n.parameter("p", 8)));
      put(
          f + " of channels behind a fully connected layer",
          (n, x) ->
              n.apply(
                  "y",
                  operator,
                  n.fullyConnected("fc", pooled(n, x), 5, Activation.NONE),
                  n.parameter("p", 5)));
    }
    put(
        "slopes for each place",
        (n, x) -> n.apply("y", new Operator.PRelu(), x, n.parameter("p", 8, 8, 8)));
  }

  private void paddings() {
    for (Padding padding : List.of(UNEVEN, Padding.explicit(1, 1, 1, 1), Padding.VALID)) {
      Kernel kernel = THREE.stride(2).padding(padding);
      put("conv padded " + padding, (n, x) -> n.conv("y", x, 8, kernel, Activation.RELU));
      put(
          "depthwise conv padded " + padding,
          (n, x) -> n.depthwise("y", x, kernel, Activation.NONE));
      put(
          "group conv padded " + padding,
          (n, x) -> n.groupConv("y", x, 8, 2, kernel, Activation.RELU6));
      for (PoolFunction function : PoolFunction.values()) {
        put(
            function + " pool padded " + padding,
            (n, x) -> n.apply("y", pool(function, padding, Activation.NONE), x));
      }
    }
    put("transpose conv", (n, x) -> transposeConv(n, x, Padding.VALID, 17, Activation.NONE));
    put("larger transpose conv", (n, x) -> transposeConv(n, x, Padding.VALID, 18, Activation.NONE));
    put("cut transpose conv", (n, x) -> transposeConv(n, x, UNEVEN, 14, 16, Activation.RELU));
    put(
        "pad before a conv",
        (n, x) ->
            n.conv(
                "y",
                pad(n, x, PadMode.CONSTANT, 1),
                8,
                THREE.padding(Padding.VALID),
                Activation.NONE));
    put("pad before a pool", (n, x) -> n.maxPool("y", pad(n, x, PadMode.CONSTANT, 1), THREE));
    for (PadMode mode : PadMode.values()) {
      put("pad " + mode, (n, x) -> pad(n, x, mode, 1));
    }
    put(
        "pad of channels",
        (n, x) ->
            n.apply(
                "y",
                new Operator.Pad(List.of(0, 0, 0, 2), List.of(0, 0, 0, 1), PadMode.CONSTANT),
                x));
  }

  private static Value pad(GraphBuilder net, Value x, PadMode mode, int amount) {
    List<Integer> amounts = List.of(0, amount, amount, 0);
    return net.apply("pad", new Operator.Pad(amounts, amounts, mode), x);
  }

  private static Value transposeConv(
      GraphBuilder net, Value x, Padding padding, int size, Activation activation) {
    return transposeConv(net, x, padding, size, size, activation);
  }

  private static Value transposeConv(
      GraphBuilder net, Value x, Padding padding, int height, int width, Activation activation) {
    return net.apply(
        "y",
        new Operator.TransposeConv2d(
            new Window(3, 3, 2, 2, 1, 1, padding), height, width, activation),
        x,
        net.weights("w", Shape.of(4, 3, 3, 8), 0),
        net.bias("b", 4));
  }

  private void axes() {
    for (int i = 0; i < 4; i++) {
      int axis = i;
      put("softmax along " + axis, (n, x) -> n.apply("y", new Operator.Softmax(axis), x));
      put("log softmax along " + axis, (n, x) -> n.apply("y", new Operator.LogSoftmax(axis), x));
      put(
          "split along " + axis,
          (n, x) -> n.split("y", x, axis, List.of(x.shape().dim(axis))).getFirst());
      put("concat along " + axis, (n, x) -> n.concat("y", axis, List.of(x, other(n, x))));
      put("dimension added at " + axis, (n, x) -> n.apply("y", new Operator.ExpandDims(axis), x));
      for (boolean keep : List.of(true, false)) {
        for (DataType type : List.of(DataType.INT32, DataType.INT64)) {
          put(
              "argmax along %d %s %s".formatted(axis, keep, type),
              (n, x) -> n.apply("y", new Operator.ArgMax(axis, keep, type), x));
        }
      }
      put(
          "argmax behind a conv along " + axis,
          (n, x) -> n.apply("y", new Operator.ArgMax(axis, false, DataType.INT32), conv(n, x)));
      put(
          "softmax behind a conv along " + axis,
          (n, x) -> n.apply("y", new Operator.Softmax(axis), conv(n, x)));
    }
  }

  private void layerNorms() {
    for (int i = 1; i <= 3; i++) {
      int axes = i;
      Operator norm = new Operator.LayerNorm(axes);
      int[] shape = axes == 1 ? new int[] {8} : axes == 2 ? new int[] {8, 8} : new int[] {8, 8, 8};
      put("layer norm over " + axes, (n, x) -> n.apply("y", norm, x));
      put(
          "scaled layer norm over " + axes,
          (n, x) -> n.apply("y", norm, x, n.parameter("s", shape)));
      put(
          "whole layer norm over " + axes,
          (n, x) -> n.apply("y", norm, x, n.parameter("s", shape), n.parameter("o", shape)));
      put(
          "layer norm behind a conv over " + axes,
          (n, x) ->
              n.apply("y", norm, conv(n, x), n.parameter("s", shape), n.parameter("o", shape)));
    }
  }

  private void matrices() {
    for (boolean left : List.of(true, false)) {
      for (boolean right : List.of(true, false)) {
        Operator product = new Operator.BatchMatMul(left, right);
        put(
            "product %s %s".formatted(left, right),
            (n, x) -> n.apply("y", product, x, other(n, x)));
        put(
            "product of transposed %s %s".formatted(left, right),
            (n, x) ->
                n.apply(
                    "y",
                    product,
                    n.transpose("a", x, List.of(0, 2, 1, 3)),
                    n.transpose("b", x, List.of(0, 1, 3, 2))));
      }
    }
    for (boolean transposed : List.of(true, false)) {
      put(
          "product with a stored matrix, transposed " + transposed,
          (n, x) ->
              n.apply(
                  "y",
                  new Operator.BatchMatMul(false, transposed),
                  conv(n, x),
                  n.parameter("m", transposed ? new int[] {5, 8} : new int[] {8, 5})));
    }
    put(
        "fully connected over rows",
        (n, x) ->
            n.apply(
                "y",
                new Operator.FullyConnected(false, Activation.RELU),
                x,
                n.weights("w", Shape.of(6, 16), 0)));
    put(
        "fully connected behind a map",
        (n, x) ->
            n.apply(
                "y",
                new Operator.FullyConnected(false, Activation.NONE),
                conv(n, x),
                n.weights("w", Shape.of(5, 512), 0)));
    put(
        "fully connected behind a reshape",
        (n, x) -> n.fullyConnected("y", n.reshape("r", conv(n, x), 1, 512), 5, Activation.NONE));
    put(
        "fully connected in place",
        (n, x) ->
            n.apply(
                "y",
                new Operator.FullyConnected(true, Activation.RELU),
                conv(n, x),
                n.weights("w", Shape.of(6, 8), 0),
                n.bias("b", 6)));
  }

  private void movements() {
    for (List<Integer> order :
        List.of(
            List.of(0, 3, 1, 2), List.of(0, 2, 3, 1), List.of(0, 2, 1, 3), List.of(3, 2, 1, 0))) {
      put("transpose " + order, (n, x) -> n.transpose("y", x, order));
      put(
          "transpose %s behind a conv".formatted(order),
          (n, x) -> n.transpose("y", conv(n, x), order));
      put(
          "transpose %s before a conv".formatted(order),
          (n, x) -> conv(n, n.transpose("t", x, order)));
      put(
          "transpose %s there and back".formatted(order),
          (n, x) ->
              n.conv(
                  "y",
                  n.transpose("u", n.transpose("t", conv(n, x), order), order),
                  8,
                  THREE,
                  Activation.NONE));
    }
    put("reshape behind a conv", (n, x) -> n.reshape("y", conv(n, x), 1, 64, 8));
    put("rows merged into channels", (n, x) -> n.reshape("y", conv(n, x), 1, 8, 64));
    put("reshape of a reshape", (n, x) -> n.reshape("y", n.reshape("r", x, 1, 64, 8), 1, 512));
    put("there and back", (n, x) -> n.reshape("y", n.reshape("r", x, 1, 512), 1, 8, 8, 8));
    put("channels shuffled", RareNetworks::shuffled);
    put("a point squeezed", (n, x) -> n.squeeze("y", pooled(n, x), 1, 2));
    put(
        "a point squeezed and back",
        (n, x) -> n.apply("y", new Operator.ExpandDims(1), n.squeeze("s", pooled(n, x), 1, 2)));
    put(
        "one row",
        (n, x) ->
            n.apply(
                "y",
                new Operator.StridedSlice(
                    List.of(0, 3, 0, 0), List.of(0, 0, 0, 0), List.of(1, 1, 1, 1), 13, 13, 0, 0, 2),
                conv(n, x)));
    put(
        "one channel",
        (n, x) ->
            n.apply(
                "y",
                new Operator.StridedSlice(
                    List.of(0, 0, 0, -1), List.of(0, 0, 0, 0), List.of(1, 1, 1, 1), 7, 7, 0, 0, 8),
                conv(n, x)));
    put(
        "backwards, with another axis",
        (n, x) ->
            n.apply(
                "y",
                new Operator.StridedSlice(
                    List.of(0, -1, 0), List.of(0, 0, 0), List.of(1, -2, 1), 0, 2, 1, 4, 0),
                x));
    put(
        "rows picked",
        (n, x) -> n.apply("y", new Operator.Gather(1, 0), conv(n, x), indices(n, x)));
    put(
        "rows picked for each image",
        (n, x) ->
            n.apply("y", new Operator.Gather(1, 1), n.reshape("r", x, 1, 64, 8), indices(n, x)));
    put("resized by corners", (n, x) -> n.resizeBilinear("y", conv(n, x), 15, 15));
  }

  /** Indices of shape [1, 8]. */
  private static Value indices(GraphBuilder net, Value x) {
    Value row = net.apply("row", new Operator.Slice(List.of(0, 0, 0, 0), List.of(1, 1, -1, -1)), x);
    return net.apply(
        "indices", new Operator.ArgMax(2, false, DataType.INT32), net.squeeze("square", row, 1));
  }

  private static Value shuffled(GraphBuilder net, Value x) {
    Value grouped = net.reshape("grouped", conv(net, x), 1, 64, 2, 4);
    Value swapped = net.transpose("swapped", grouped, List.of(0, 1, 3, 2));
    return net.pointwise("y", net.reshape("shuffled", swapped, 1, 8, 8, 8), 8, Activation.NONE);
  }

  private void idiomsSpelledOut() {
    put("a square spelled out", (n, x) -> n.multiply("y", x, x));
    put(
        "a squared difference spelled out",
        (n, x) -> {
          Value d =
              n.apply(
                  "d", new Operator.Binary(BinaryFunction.SUB, Activation.NONE), x, other(n, x));
          return n.multiply("y", d, d);
        });
    put("a swish", (n, x) -> n.multiply("y", x, n.unary("gate", UnaryFunction.LOGISTIC, x)));
    put(
        "a hard swish spelled out",
        (n, x) -> {
          Value shifted = n.add("shifted", x, n.parameter("three"), Activation.RELU6);
          return n.multiply("y", n.multiply("sixth", shifted, n.parameter("p")), x);
        });
    put(
        "a reciprocal root spelled out",
        (n, x) ->
            n.apply(
                "y",
                new Operator.Binary(BinaryFunction.DIV, Activation.NONE),
                n.parameter("one"),
                n.unary("root", UnaryFunction.SQRT, x)));
    put("a scale and an offset", (n, x) -> n.scaleAndOffset("y", conv(n, x), Activation.RELU));
  }

  private void numbers() {
    for (DataType type : List.of(DataType.FLOAT32, DataType.INT32, DataType.INT64, DataType.INT8)) {
      put("cast to " + type, (n, x) -> n.apply("y", new Operator.Cast(type), x));
      put(
          "cast to %s behind a conv".formatted(type),
          (n, x) -> n.apply("y", new Operator.Cast(type), conv(n, x)));
    }
    if (arithmetic == Arithmetic.INT8) {
      Operator dequantize = new Operator.Dequantize();
      Operator quantize = new Operator.Quantize();
      put("reals at the end", (n, x) -> n.apply("y", dequantize, conv(n, x)));
      put("reals for nothing", (n, x) -> n.apply("y", quantize, n.apply("r", dequantize, x)));
      put(
          "reals in between",
          (n, x) -> n.apply("y", quantize, relu(n, n.apply("r", dequantize, conv(n, x)))));
      put("quantised anew", (n, x) -> n.apply("y", quantize, conv(n, x)));
    }
  }

  private void depthwise() {
    put(
        "depthwise conv with a multiplier",
        (n, x) ->
            n.apply(
                "y",
                new Operator.DepthwiseConv2d(Window.square(3, 1, Padding.SAME), 2, Activation.NONE),
                x,
                n.weights("w", Shape.of(1, 3, 3, 16), 3)));
    put("a group for each channel", (n, x) -> n.groupConv("y", x, 8, 8, THREE, Activation.NONE));
    put(
        "group conv without bias",
        (n, x) -> n.withoutBias().groupConv("y", x, 8, 2, THREE, Activation.NONE));
    put("conv without bias", (n, x) -> n.withoutBias().conv("y", x, 8, THREE, Activation.RELU));
  }
}
