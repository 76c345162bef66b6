package dev.ppe.simulator.format.export;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
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
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Tensor.Role;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Small networks that exporters are tried on: one for each operator, and some blocks. */
public final class SampleNetworks {
  private static final Kernel THREE = Kernel.of(3);

  private SampleNetworks() {}

  /** One operator each, under its kind and what is special about it. */
  public static Map<String, Graph> operators(Arithmetic arithmetic) {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    layers(arithmetic, graphs);
    for (UnaryFunction function : UnaryFunction.values()) {
      put(graphs, arithmetic, (net, x) -> net.unary("y", function, x), function.name());
    }
    for (BinaryFunction function : BinaryFunction.values()) {
      for (Activation activation : List.of(Activation.NONE, Activation.RELU)) {
        if (activation == Activation.NONE || function == BinaryFunction.ADD) {
          Operator operator = new Operator.Binary(function, activation);
          put(graphs, arithmetic, operator, 2);
        }
      }
    }
    for (ReduceFunction function : ReduceFunction.values()) {
      put(graphs, arithmetic, new Operator.Reduce(function, List.of(1), false), 1);
      put(graphs, arithmetic, new Operator.Reduce(function, List.of(), true), 1);
      put(graphs, arithmetic, new Operator.Reduce(function, List.of(-2, 1), true), 1);
    }
    for (Operator operator : layouts()) {
      put(graphs, arithmetic, operator, 1);
    }
    graphs.values().removeIf(graph -> graph.nodes().isEmpty());
    return graphs;
  }

  private static void layers(Arithmetic arithmetic, Map<String, Graph> graphs) {
    put(graphs, arithmetic, (n, x) -> n.conv("y", x, 8, THREE, Activation.RELU), "conv");
    put(graphs, arithmetic, (n, x) -> n.conv("y", x, 1, THREE, Activation.NONE), "conv to one");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.conv("y", x, 8, THREE.stride(2).padding(Padding.VALID), Activation.RELU6),
        "conv valid");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.withoutBias().conv("y", x, 8, THREE.dilation(2), Activation.NONE),
        "conv dilated");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.groupConv("y", x, 16, 4, THREE, Activation.RELU),
        "group conv");
    put(graphs, arithmetic, (n, x) -> n.depthwise("y", x, THREE, Activation.RELU6), "depthwise");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.transposeConv("y", x, 4, THREE.stride(2), Activation.NONE),
        "transpose conv");
    put(graphs, arithmetic, (n, x) -> n.averagePool("y", x, THREE.stride(2)), "average pool");
    put(graphs, arithmetic, (n, x) -> n.maxPool("y", x, Kernel.of(2).stride(2)), "max pool");
    put(graphs, arithmetic, (n, x) -> n.globalAveragePool("y", x), "global pool");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.fullyConnected("y", n.globalAveragePool("pool", x), 10, Activation.RELU),
        "fully connected");
    put(
        graphs,
        arithmetic,
        (n, x) ->
            n.apply(
                "y",
                new Operator.FullyConnected(true, Activation.NONE),
                x,
                n.weights("w", Shape.of(6, 8), 0),
                n.bias("b", 6)),
        "fully connected in place");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.apply("y", new Operator.BatchMatMul(false, true), x, x),
        "batch matmul");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.apply("y", new Operator.PRelu(), x, n.parameter("slopes", 1, 1, 8)),
        "prelu");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.concat("y", -1, n.split("parts", x, 3, List.of(2, 6))),
        "split in uneven parts");
    put(
        graphs,
        arithmetic,
        (n, x) -> n.concat("y", 3, n.split("parts", x, -1, List.of(4, 4)).reversed()),
        "split in equal parts");
    put(
        graphs,
        arithmetic,
        (n, x) ->
            n.apply(
                "y",
                new Operator.Gather(0, 0),
                n.parameter("table", 20, 8),
                n.apply("i", new Operator.ArgMax(3, false, DataType.INT32), x)),
        "gather");
    put(graphs, arithmetic, (n, x) -> n.apply("y", new Operator.Cast(DataType.INT32), x), "cast");
    put(graphs, arithmetic, (n, x) -> n.softmax("y", x), "softmax");
    put(graphs, arithmetic, (n, x) -> n.apply("y", new Operator.LogSoftmax(3), x), "log softmax");
    if (arithmetic == Arithmetic.INT8) {
      put(
          graphs,
          arithmetic,
          (n, x) ->
              n.apply("y", new Operator.Quantize(), n.apply("r", new Operator.Dequantize(), x)),
          "dequantize and quantize");
    }
  }

  private static List<Operator> layouts() {
    return List.of(
        new Operator.Slice(List.of(0, 1, 0, 2), List.of(1, 4, -1, 3)),
        new Operator.StridedSlice(
            List.of(0, 0, 1, 0), List.of(1, 8, 8, 8), List.of(1, 2, 3, 1), 0, 0, 0, 0, 0),
        new Operator.StridedSlice(List.of(0, 2), List.of(1, -1), List.of(1, 1), 1, 0, 0, 0, 0),
        new Operator.Pad(List.of(0, 1, 2, 0), List.of(0, 0, 1, 0), PadMode.CONSTANT),
        new Operator.Pad(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), PadMode.REFLECT),
        new Operator.Reshape(List.of(1, 64, 8)),
        new Operator.Reshape(List.of(1, -1)),
        new Operator.Squeeze(List.of()),
        new Operator.ExpandDims(-1),
        new Operator.Transpose(List.of(0, 3, 1, 2)),
        new Operator.Resize(ResizeMethod.BILINEAR, 16, 16, false, true),
        new Operator.Resize(ResizeMethod.NEAREST, 16, 16, false, false),
        new Operator.DepthToSpace(2),
        new Operator.SpaceToDepth(2),
        new Operator.GlobalPool2d(PoolFunction.MAX),
        new Operator.LayerNorm(1),
        new Operator.ArgMax(-1, false, DataType.INT64));
  }

  private static void put(
      Map<String, Graph> graphs, Arithmetic arithmetic, Operator operator, int operands) {
    BiFunction<GraphBuilder, Value, Value> layer =
        (net, x) -> net.apply("y", operator, operands == 1 ? new Value[] {x} : new Value[] {x, x});
    put(graphs, arithmetic, layer, operator.toString());
  }

  private static void put(
      Map<String, Graph> graphs,
      Arithmetic arithmetic,
      BiFunction<GraphBuilder, Value, Value> layer,
      String name) {
    GraphBuilder net = GraphBuilder.named(name, arithmetic);
    Value y = layer.apply(net, net.input("x", 1, 8, 8, 8));
    graphs.put(name, net.build(y));
  }

  /** A stem, an inverted bottleneck with a residual, a group convolution, a classifier. */
  public static Graph blocks(Arithmetic arithmetic) {
    GraphBuilder net = GraphBuilder.named("blocks", arithmetic);
    Value x = net.input("image", 1, 32, 32, 3);
    Value stem = net.scope("stem").conv("conv3x3", x, 16, THREE.stride(2), Activation.RELU6);
    GraphBuilder block = net.scope("b0");
    Value wide = block.pointwise("expand", stem, 64, Activation.RELU6);
    Value deep = block.depthwise("dw3x3", wide, THREE, Activation.RELU6);
    Value narrow = block.pointwise("project", deep, 16, Activation.NONE);
    Value sum = block.add("add", narrow, stem, Activation.NONE);
    GraphBuilder grouped = net.scope("b1");
    Value groups = grouped.groupConv("gc3x3", sum, 64, 4, THREE.stride(2), Activation.RELU);
    Value end = grouped.pointwise("project", groups, 24, Activation.NONE);
    Value pooled = net.scope("head").maxPool("max", end, Kernel.of(2).stride(2));
    Value vector = net.scope("head").globalAveragePool("pool", pooled);
    Value logits = net.fullyConnected("logits", vector, 10, Activation.NONE);
    return net.build(net.softmax("probabilities", logits));
  }

  /** Two group convolutions in a row, with other layers around. */
  public static Graph groupConvolutions() {
    GraphBuilder net = GraphBuilder.named("groups", Arithmetic.INT8);
    Value x = net.input("image", 1, 28, 28, 32);
    Value a = net.groupConv("a", x, 128, 4, THREE, Activation.RELU);
    Value b = net.groupConv("b", a, 64, 2, THREE.stride(2), Activation.NONE);
    return net.build(net.pointwise("c", b, 32, Activation.RELU));
  }

  /** An LSTM with state, without peepholes and projection. */
  public static Graph lstm(boolean timeMajor) {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(Tensor.activation("x", sequence(timeMajor, 6), DataType.FLOAT32));
    List<Integer> inputs = new ArrayList<>(List.of(0));
    for (int i = 1; i < 20; i++) {
      boolean inputWeights = i <= 4;
      boolean recurrent = i >= 5 && i <= 8;
      boolean bias = i >= 12 && i <= 15;
      boolean state = i >= 18;
      if (!inputWeights && !recurrent && !bias && !state) {
        inputs.add(Node.ABSENT);
        continue;
      }
      Shape shape =
          inputWeights
              ? Shape.of(4, 6)
              : recurrent ? Shape.of(4, 4) : bias ? Shape.of(4) : Shape.of(2, 4);
      inputs.add(tensors.size());
      tensors.add(
          new Tensor(
              "t" + i,
              shape,
              DataType.FLOAT32,
              Quantization.NONE,
              state ? Role.STATE : Role.PARAMETER));
    }
    tensors.add(Tensor.activation("y", sequence(timeMajor, 4), DataType.FLOAT32));
    int result = tensors.size() - 1;
    Operator lstm = new Operator.UnidirectionalLstm(timeMajor);
    return verified(tensors, List.of(new Node("y", lstm, inputs, List.of(result))), result);
  }

  private static Shape sequence(boolean timeMajor, int features) {
    return timeMajor ? Shape.of(5, 2, features) : Shape.of(2, 5, features);
  }

  /** A convolution with its own padding, which formats may have as an operator of its own. */
  public static Graph explicitPadding(Arithmetic arithmetic, PoolFunction pool) {
    GraphBuilder net = GraphBuilder.named("padded", arithmetic);
    Padding padding = Padding.explicit(1, 1, 1, 1);
    Value x = net.input("x", 1, 9, 8, 8);
    Value y = net.conv("conv", x, 8, THREE.stride(2).padding(padding), Activation.RELU);
    Window window = new Window(3, 3, 2, 2, 1, 1, padding);
    return net.build(net.apply("pool", new Operator.Pool2d(pool, window, Activation.NONE), y));
  }

  /** An operator that nothing here knows. */
  public static Graph custom(String name) {
    Tensor x = Tensor.activation("x", Shape.of(1, 4), DataType.FLOAT32);
    Tensor y = Tensor.activation("y", Shape.of(1, 2), DataType.FLOAT32);
    Node node = new Node("y", new Operator.Custom(name), List.of(0), List.of(1));
    return verified(Arrays.asList(x, y), List.of(node), 1);
  }

  private static Graph verified(List<Tensor> tensors, List<Node> nodes, int output) {
    return GraphVerifier.verify(
        new Graph("sample", tensors, nodes, List.of(0), List.of(output)), GraphLimits.DEFAULT);
  }
}
