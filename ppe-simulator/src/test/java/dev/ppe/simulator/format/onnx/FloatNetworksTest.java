package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network in NCHW is the network that the builder writes in NHWC, node for node. */
class FloatNetworksTest {
  private final GraphBuilder net = GraphBuilder.named("twin", Arithmetic.FLOAT32);

  private static void assertSame(OnnxFile file, Graph twin) {
    Graph imported = file.imported();
    assertThat(kinds(imported)).isEqualTo(kinds(twin));
    assertThat(CanonicalGraph.of(imported).hash()).isEqualTo(CanonicalGraph.of(twin).hash());
  }

  private static List<String> kinds(Graph graph) {
    return CanonicalGraph.of(graph).graph().nodes().stream()
        .map(node -> node.operator().toString())
        .toList();
  }

  @Test
  void convolutionPoolingAndFullyConnectedLayerNeedNoTransposition() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 3, 32, 32)
            .weights("w1", 16, 3, 3, 3)
            .weights("b1", 16)
            .weights("w2", 10, 16 * 16 * 16)
            .weights("b2", 10)
            .node("Conv", "x w1 b1", "c", list("kernel_shape", 3, 3), list("pads", 1, 1, 1, 1))
            .node("Relu", "c", "r")
            .node("MaxPool", "r", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
            .node("Flatten", "p", "f")
            .node("Gemm", "f w2 b2", "y", attribute("transB", 1))
            .output("y");

    Value x = net.input("x", 1, 32, 32, 3);
    x = net.conv("c", x, 16, Kernel.of(3), Activation.RELU);
    x = net.maxPool("p", x, Kernel.of(2).stride(2));
    Operator dense = new Operator.FullyConnected(false, Activation.NONE);
    Value weights = net.parameter("w", 10, 16 * 16 * 16);
    assertSame(file, net.build(net.apply("y", dense, x, weights, net.parameter("b", 10))));
  }

  @Test
  void anExplicitReshapeToAMatrixStays() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 8, 4, 4)
            .weights("w", 8 * 4 * 4, 10)
            .weights("b", 10)
            .ints("shape", 0, -1)
            .node("Relu", "x", "r")
            .node("MaxPool", "r", "m", list("kernel_shape", 1, 1))
            .node("Reshape", "m shape", "f")
            .node("MatMul", "f w", "p")
            .node("Add", "p b", "y")
            .output("y");

    Value x = net.input("x", 1, 4, 4, 8);
    x = net.unary("r", UnaryFunction.RELU, x);
    x = net.maxPool("m", x, Kernel.POINT);
    x = net.reshape("f", x, 1, 128);
    assertSame(file, net.build(net.fullyConnected("y", x, 10, Activation.NONE)));
  }

  @Test
  void anInvertedBottleneckFoldsItsNormalisationsAndKeepsItsResidual() {
    OnnxFile file =
        OnnxFile.opset(11)
            .input("x", 1, 16, 14, 14)
            .with(f -> normalised(f, "expand", "x", "e", list("kernel_shape", 1, 1), 64, 16, 1))
            .scalar("zero", 0)
            .scalar("six", 6)
            .node("Clip", "e zero six", "e6")
            .with(
                f ->
                    normalised(
                        f,
                        "depth",
                        "e6",
                        "d",
                        attribute("auto_pad", "SAME_UPPER"),
                        64,
                        1,
                        3,
                        attribute("group", 64)))
            .node("Clip", "d zero six", "d6")
            .with(f -> normalised(f, "project", "d6", "p", list("kernel_shape", 1, 1), 16, 64, 1))
            .node("Add", "p x", "y")
            .output("y");

    Value x = net.input("x", 1, 14, 14, 16);
    Value y = net.pointwise("e", x, 64, Activation.RELU6);
    y = net.depthwise("d", y, Kernel.of(3), Activation.RELU6);
    y = net.pointwise("p", y, 16, Activation.NONE);
    assertSame(file, net.build(net.add("y", y, x, Activation.NONE)));
  }

  private static void normalised(
      OnnxFile file,
      String name,
      String input,
      String output,
      OnnxFile.Fields first,
      int channels,
      int depth,
      int kernel,
      OnnxFile.Fields... more) {
    OnnxFile.Fields[] attributes = Arrays.copyOf(more, more.length + 1);
    attributes[more.length] = first;
    file.weights(name + "_w", channels, depth, kernel, kernel)
        .weights(name + "_scale", channels)
        .weights(name + "_offset", channels)
        .weights(name + "_mean", channels)
        .weights(name + "_variance", channels)
        .node("Conv", input + " " + name + "_w", name, attributes)
        .node(
            "BatchNormalization",
            "%s %s_scale %s_offset %s_mean %s_variance".formatted(name, name, name, name, name),
            output);
  }

  @Test
  void squeezeAndExcitationWithHardSwish() {
    OnnxFile file =
        OnnxFile.opset(14)
            .input("x", 1, 32, 7, 7)
            .weights("w1", 8, 32, 1, 1)
            .weights("b1", 8)
            .weights("w2", 32, 8, 1, 1)
            .weights("b2", 32)
            .node("HardSigmoid", "x", "h", attribute("alpha", 1f / 6))
            .node("Mul", "x h", "s")
            .node("GlobalAveragePool", "s", "g")
            .node("Conv", "g w1 b1", "c1")
            .node("Relu", "c1", "r1")
            .node("Conv", "r1 w2 b2", "c2")
            .node("Sigmoid", "c2", "a")
            .node("Mul", "s a", "y")
            .output("y");

    Value x = net.input("x", 1, 7, 7, 32);
    Value s = net.unary("s", UnaryFunction.HARD_SWISH, x);
    Value g = net.globalAveragePool("g", s);
    g = net.pointwise("c1", g, 8, Activation.RELU);
    g = net.pointwise("c2", g, 32, Activation.NONE);
    g = net.unary("a", UnaryFunction.LOGISTIC, g);
    assertSame(file, net.build(net.multiply("y", s, g)));
  }

  @Test
  void axesFollowTheLayout() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 8, 6, 4)
            .ints("sizes", 3, 5)
            .ints("pads", 0, 0, 1, 0, 0, 0, 2, 0)
            .ints("hw", 2, 3)
            .node("MaxPool", "x", "m", list("kernel_shape", 1, 1))
            .node("Split", "m sizes", "a b", attribute("axis", 1))
            .node("Sigmoid", "b", "s")
            .node("Concat", "a s", "c", attribute("axis", -3))
            .node("Pad", "c pads", "p")
            .node("Softmax", "p", "q", attribute("axis", 1))
            .node("ReduceMean", "q", "y", list("axes", 2, 3), attribute("keepdims", 0))
            .output("y");

    Value x = net.maxPool("m", net.input("x", 1, 6, 4, 8), Kernel.POINT);
    List<Value> parts = net.split("split", x, 3, List.of(3, 5));
    x =
        net.concat(
            "c", 3, List.of(parts.get(0), net.unary("s", UnaryFunction.LOGISTIC, parts.get(1))));
    Operator pad =
        new Operator.Pad(List.of(0, 1, 0, 0), List.of(0, 2, 0, 0), Operator.PadMode.CONSTANT);
    x = net.softmax("q", net.apply("p", pad, x));
    assertSame(
        file,
        net.build(
            net.apply("y", new Operator.Reduce(ReduceFunction.MEAN, List.of(1, 2), false), x)));
  }

  @Test
  void transpositionsBetweenLayoutsVanish() {
    OnnxFile file =
        OnnxFile.opset(12)
            .input("x", 1, 28, 28, 3)
            .weights("w", 8, 3, 3, 3)
            .weights("b", 8)
            .node("Transpose", "x", "t", list("perm", 0, 3, 1, 2))
            .node("Conv", "t w b", "c", attribute("auto_pad", "SAME_UPPER"))
            .node("Transpose", "c", "u", list("perm", 0, 2, 3, 1))
            .node("Softmax", "u", "y", attribute("axis", 3))
            .output("y");

    Value x = net.conv("c", net.input("x", 1, 28, 28, 3), 8, Kernel.of(3), Activation.NONE);
    assertSame(file, net.build(net.softmax("y", x)));
  }

  @Test
  void aChannelShuffleKeepsTheOneTranspositionThatItIs() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 12, 5, 5)
            .ints("groups", 1, 3, 4, 5, 5)
            .ints("map", 1, 12, 5, 5)
            .node("MaxPool", "x", "m", list("kernel_shape", 1, 1))
            .node("Reshape", "m groups", "a")
            .node("Transpose", "a", "b", list("perm", 0, 2, 1, 3, 4))
            .node("Reshape", "b map", "c")
            .node("GlobalAveragePool", "c", "y")
            .output("y");

    Value x = net.maxPool("m", net.input("x", 1, 5, 5, 12), Kernel.POINT);
    x = net.reshape("a", x, 1, 5, 5, 3, 4);
    x = net.apply("b", new Operator.Transpose(List.of(0, 1, 2, 4, 3)), x);
    x = net.reshape("c", x, 1, 5, 5, 12);
    assertSame(file, net.build(net.globalAveragePool("y", x)));
  }

  @Test
  void aTransformerBlockIsMadeOfWholeOperators() {
    OnnxFile file =
        OnnxFile.opset(13)
            .typedInput("ids", OnnxFile.INT64, 1, 16)
            .weights("table", 100, 64)
            .weights("scale", 64)
            .weights("offset", 64)
            .weights("w", 64, 256)
            .weights("b", 256)
            .scalar("two", 2)
            .scalar("epsilon", 1e-5f)
            .scalar("root", (float) Math.sqrt(2))
            .scalar("one", 1)
            .scalar("half", 0.5f)
            .node("Gather", "table ids", "x")
            .node("ReduceMean", "x", "mean", list("axes", -1))
            .node("Sub", "x mean", "centred")
            .node("Pow", "centred two", "squares")
            .node("ReduceMean", "squares", "variance", list("axes", -1))
            .node("Add", "variance epsilon", "shifted")
            .node("Sqrt", "shifted", "deviation")
            .node("Div", "centred deviation", "unit")
            .node("Mul", "unit scale", "scaled")
            .node("Add", "scaled offset", "n")
            .node("MatMul", "n w", "product")
            .node("Add", "b product", "d")
            .node("Div", "d root", "e")
            .node("Erf", "e", "f")
            .node("Add", "f one", "g")
            .node("Mul", "d g", "h")
            .node("Mul", "h half", "y")
            .output("y");

    Value ids = net.input("ids", DataType.INT64, 1, 16);
    Value x = net.apply("x", new Operator.Gather(0, 0), net.parameter("table", 100, 64), ids);
    x =
        net.apply(
            "n", new Operator.LayerNorm(1), x, net.parameter("s", 64), net.parameter("o", 64));
    Operator dense = new Operator.FullyConnected(true, Activation.NONE);
    x = net.apply("d", dense, x, net.weights("w", Shape.of(256, 64), 0), net.bias("b", 256));
    assertSame(file, net.build(net.unary("y", UnaryFunction.GELU, x)));
  }

  @Test
  void attentionTransposesWhereItsProductsNeedIt() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 16, 64)
            .ints("heads", 0, 0, 4, 16)
            .ints("joined", 0, 0, 64)
            .node("Reshape", "x heads", "split")
            .node("Transpose", "split", "q", list("perm", 0, 2, 1, 3))
            .node("Transpose", "split", "k", list("perm", 0, 2, 3, 1))
            .node("MatMul", "q k", "scores")
            .node("Softmax", "scores", "s", attribute("axis", 3))
            .node("MatMul", "s q", "heads_out")
            .node("Transpose", "heads_out", "back", list("perm", 0, 2, 1, 3))
            .node("Reshape", "back joined", "y")
            .output("y");

    Value x = net.reshape("split", net.input("x", 1, 16, 64), 1, 16, 4, 16);
    Value q = net.apply("q", new Operator.Transpose(List.of(0, 2, 1, 3)), x);
    Value k = net.apply("k", new Operator.Transpose(List.of(0, 2, 3, 1)), x);
    Operator product = new Operator.BatchMatMul(false, false);
    Value s = net.softmax("s", net.apply("scores", product, q, k));
    Value out = net.apply("out", product, s, q);
    out = net.apply("back", new Operator.Transpose(List.of(0, 2, 1, 3)), out);
    assertSame(file, net.build(net.reshape("y", out, 1, 16, 64)));
  }

  @Test
  void aNormalisationBeforeAConvolutionIsAProductAndASum() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 1, 8, 5, 5)
            .with(f -> List.of("s", "o", "m", "v").forEach(name -> f.weights(name, 8)))
            .node("BatchNormalization", "x s o m v", "n")
            .node("Relu", "n", "y")
            .output("y");

    Value x = net.input("x", 1, 5, 5, 8);
    x = net.multiply("scaled", x, net.parameter("s", 8));
    Operator sum = new Operator.Binary(BinaryFunction.ADD, Activation.RELU);
    assertSame(file, net.build(net.apply("n", sum, x, net.parameter("o", 8))));
  }
}
