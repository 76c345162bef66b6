package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What single operators become, and the shape of the result as it lies in the graph. */
class OperatorsTest {
  private static final OnnxFile.Fields[] NONE = {};

  private static List<String> kinds(Graph graph) {
    return CanonicalGraph.of(graph).graph().nodes().stream().map(n -> n.operator().kind()).toList();
  }

  private static String result(Graph graph) {
    return graph.tensor(graph.outputs().getFirst()).shape().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "Relu, relu",
    "LeakyRelu, leaky-relu",
    "Elu, elu",
    "Sigmoid, logistic",
    "Tanh, tanh",
    "HardSwish, hard-swish",
    "Gelu, gelu",
    "Exp, exp",
    "Log, log",
    "Sqrt, sqrt",
    "Abs, abs",
    "Neg, neg",
    "Sin, sin",
    "Cos, cos",
    "Floor, floor",
    "Ceil, ceil",
    "Round, round",
    "Erf, erf",
    "Softplus, softplus",
    "Mish, mish"
  })
  void functionsOfEachElement(String type, String kind) {
    Graph graph =
        OnnxFile.opset(20).input("x", 2, 3, 4).node(type, "x", "y").output("y").imported();

    assertThat(kinds(graph)).containsExactly(kind);
    assertThat(result(graph)).isEqualTo("2x3x4");
  }

  /** Of x [1, 8, 6, 4], which a pooling makes a feature map. */
  static Stream<Arguments> mapOperators() {
    return Stream.of(
        arguments("GlobalAveragePool", NONE, "global-average-pool", "1x1x1x8"),
        arguments("GlobalMaxPool", NONE, "global-max-pool", "1x1x1x8"),
        arguments(
            "AveragePool",
            new OnnxFile.Fields[] {list("kernel_shape", 2, 2)},
            "average-pool",
            "1x5x3x8"),
        arguments(
            "MaxPool",
            new OnnxFile.Fields[] {
              list("kernel_shape", 3, 3), list("strides", 2, 2), attribute("ceil_mode", 1)
            },
            "max-pool",
            "1x3x2x8"),
        arguments(
            "DepthToSpace",
            new OnnxFile.Fields[] {attribute("blocksize", 2)},
            "depth-to-space",
            "1x12x8x2"),
        arguments(
            "SpaceToDepth",
            new OnnxFile.Fields[] {attribute("blocksize", 2)},
            "space-to-depth",
            "1x3x2x32"),
        arguments("ReduceSum", new OnnxFile.Fields[] {list("axes", 1)}, "reduce-sum", "1x6x4x1"),
        arguments(
            "ArgMax",
            new OnnxFile.Fields[] {attribute("axis", 1), attribute("keepdims", 0)},
            "argmax",
            "1x6x4"),
        arguments("Softmax", new OnnxFile.Fields[] {attribute("axis", 1)}, "softmax", "1x6x4x8"),
        arguments("LRN", new OnnxFile.Fields[] {attribute("size", 5)}, "lrn", "1x6x4x8"),
        arguments("ReduceL2", new OnnxFile.Fields[] {list("axes", 2, 3)}, "reducel2", "1x1x1x8"));
  }

  @ParameterizedTest
  @MethodSource("mapOperators")
  void operatorsOnMaps(String type, OnnxFile.Fields[] attributes, String kind, String shape) {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 1, 8, 6, 4)
            .node("MaxPool", "x", "m", list("kernel_shape", 1, 1))
            .node(type, "m", "y", attributes)
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("max-pool", kind);
    assertThat(result(graph)).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource({"1, conv", "2, group-conv", "8, depthwise-conv"})
  void groupsOfOneChannelAreADepthwiseConvolution(int groups, String kind) {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 1, 8, 6, 4)
            .weights("w", 16, 8 / groups, 3, 3)
            .node("Conv", "x w", "y", attribute("group", groups))
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly(kind);
    assertThat(result(graph)).isEqualTo("1x4x2x16");
    assertThat(Workload.macs(graph)).isEqualTo(4L * 2 * 16 * 9 * (8 / groups));
  }

  @Test
  void aTransposedConvolutionHasTheSizeThatItsPaddingLeaves() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 1, 8, 6, 4)
            .weights("w", 8, 4, 3, 3)
            .weights("b", 4)
            .node(
                "ConvTranspose",
                "x w b",
                "c",
                list("strides", 2, 2),
                list("pads", 1, 1, 1, 1),
                list("output_padding", 1, 1))
            .node("Relu", "c", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("transpose-conv");
    assertThat(result(graph)).isEqualTo("1x12x8x4");
  }

  @Test
  void aConvolutionOverASequenceIsOneOverARow() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 1, 8, 20)
            .weights("w", 16, 8, 3)
            .weights("v", 16, 1, 5)
            .node("Conv", "x w", "c", list("pads", 1, 1), list("strides", 2))
            .node("Relu", "c", "r")
            .node("Conv", "r v", "d", attribute("group", 16))
            .node("GlobalAveragePool", "d", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph))
        .containsExactly("reshape", "conv", "depthwise-conv", "reshape", "reduce-mean", "reshape");
    assertThat(result(graph)).isEqualTo("1x16x1");
  }

  @ParameterizedTest
  @CsvSource({"nearest, resize-nearest", "linear, resize-bilinear", "cubic, resize"})
  void aResizeScalesHeightAndWidth(String mode, String kind) {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 1, 8, 6, 4)
            .floats("scales", 1, 1, 2, 2.5f)
            .node("Resize", "x - scales", "y", attribute("mode", mode))
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly(kind);
    assertThat(result(graph)).isEqualTo("1x12x10x8");
  }

  @Test
  void anLstmRunsOverTheWholeSequence() {
    Graph graph =
        OnnxFile.opset(14)
            .input("x", 7, 1, 16)
            .weights("w", 1, 128, 16)
            .weights("r", 1, 128, 32)
            .weights("b", 1, 256)
            .ints("axes", 1)
            .node("LSTM", "x w r b", "all last", attribute("hidden_size", 32))
            .node("Squeeze", "all axes", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("lstm");
    assertThat(result(graph)).isEqualTo("7x1x32");
    assertThat(Workload.macs(graph)).isEqualTo(7 * (128 * 16 + 128 * 32));
  }

  @Test
  void aBidirectionalLstmIsForTheHost() {
    Graph graph =
        OnnxFile.opset(14)
            .input("x", 7, 1, 16)
            .weights("w", 2, 128, 16)
            .weights("r", 2, 128, 32)
            .node("LSTM", "x w r", "y", attribute("direction", "bidirectional"))
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("lstm");
    assertThat(result(graph)).isEqualTo("7x2x1x32");
  }

  @Test
  void softmaxOfOldFilesGoesOverAllAxesFromOneOn() {
    Graph graph =
        OnnxFile.opset(11).input("x", 2, 3, 4).node("Softmax", "x", "y").output("y").imported();

    assertThat(kinds(graph)).containsExactly("reshape", "softmax", "reshape");
    assertThat(result(graph)).isEqualTo("2x3x4");
  }

  @Test
  void targetsOfReshapesAreComputedFromShapes() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 2, 3, 4)
            .ints("zero", 0)
            .ints("minus", -1)
            .ints("axes", 0)
            .node("Shape", "x", "shape")
            .node("Constant", "", "index", attribute("value_int", 0))
            .node("Gather", "shape index", "batch")
            .node("Unsqueeze", "batch axes", "row")
            .node("Concat", "row minus", "target", attribute("axis", 0))
            .node("Cast", "target", "cast", attribute("to", 7))
            .node("Reshape", "x cast", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("reshape");
    assertThat(result(graph)).isEqualTo("2x12");
  }

  @Test
  void slicesWithStepsAndBackwards() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 6, 8)
            .ints("starts", 1, -1)
            .ints("ends", Long.MAX_VALUE, Long.MIN_VALUE)
            .ints("axes", 0, 1)
            .ints("steps", 2, -3)
            .node("Slice", "x starts ends axes steps", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("strided-slice");
    assertThat(result(graph)).isEqualTo("3x3");
  }

  @Test
  void weightsThatAreTransposedWhenLoadedCostNothing() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 4, 8)
            .weights("w", 16, 8)
            .node("Identity", "w", "i")
            .node("Transpose", "i", "t", list("perm", 1, 0))
            .node("MatMul", "x t", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("fully-connected");
    assertThat(Workload.parameters(graph)).isEqualTo(128);
  }

  @Test
  void whatNoOutputNeedsIsLeftOut() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 4, 8)
            .node("Unknown", "x", "nobody")
            .node("Dropout", "x", "d mask")
            .node("Relu", "d", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("relu");
  }
}
