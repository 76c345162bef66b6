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
import dev.ppe.simulator.graph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both forms of quantised models compute with integers, as the builder's int8 networks do. */
class QuantizedNetworksTest {
  private static final OnnxFile.Fields SAME = attribute("auto_pad", "SAME_UPPER");

  private static OnnxFile file() {
    return OnnxFile.opset(13)
        .zeros("w", OnnxFile.INT8, 1, 16, 8, 3, 3)
        .zeros("b", OnnxFile.INT32, 4, 16)
        .zeros("a", OnnxFile.INT32, 4, 16)
        .floats("ws", new float[16])
        .zeros("wz", OnnxFile.INT8, 1, 16)
        .scalar("s", 0.5f)
        .scalar("s2", 0.25f)
        .zeroPoint("z", OnnxFile.INT8);
  }

  private static Graph twin() {
    GraphBuilder net = GraphBuilder.named("twin", Arithmetic.INT8);
    Value x = net.input("x", 1, 10, 10, 8);
    Value c = net.conv("c", x, 16, Kernel.of(3), Activation.RELU);
    return net.build(
        net.add("y", c, net.conv("d", c, 16, Kernel.POINT, Activation.NONE), Activation.NONE));
  }

  private static void assertTwin(OnnxFile file) {
    Graph imported = file.imported();
    assertThat(kinds(imported)).containsExactly("conv", "conv", "add");
    assertThat(CanonicalGraph.of(imported).hash()).isEqualTo(CanonicalGraph.of(twin()).hash());
  }

  private static List<String> kinds(Graph graph) {
    return CanonicalGraph.of(graph).graph().nodes().stream().map(n -> n.operator().kind()).toList();
  }

  @Test
  void operatorsBetweenDequantizeAndQuantizeComputeWithIntegers() {
    assertTwin(
        file()
            .typedInput("x", OnnxFile.INT8, 1, 8, 10, 10)
            .zeros("v", OnnxFile.INT8, 1, 16, 16, 1, 1)
            .node("DequantizeLinear", "x s z", "xr")
            .node("DequantizeLinear", "w ws wz", "wr", attribute("axis", 0))
            .node("DequantizeLinear", "b ws", "br", attribute("axis", 0))
            .node("Conv", "xr wr br", "cr", SAME)
            .node("Relu", "cr", "rr")
            .node("QuantizeLinear", "rr s z", "c")
            .node("DequantizeLinear", "c s z", "c1")
            .node("DequantizeLinear", "v ws wz", "vr", attribute("axis", 0))
            .node("DequantizeLinear", "a ws", "ar", attribute("axis", 0))
            .node("Conv", "c1 vr ar", "dr")
            .node("QuantizeLinear", "dr s2 z", "d")
            .node("DequantizeLinear", "d s2 z", "d1")
            .node("Add", "c1 d1", "sum")
            .node("QuantizeLinear", "sum s z", "y")
            .output("y"));
  }

  @Test
  void operatorsThatCarryTheirScalesComeToTheSame() {
    assertTwin(
        file()
            .typedInput("x", OnnxFile.INT8, 1, 8, 10, 10)
            .zeros("v", OnnxFile.INT8, 1, 16, 16, 1, 1)
            .node("DequantizeLinear", "x s z", "xr")
            .node("DequantizeLinear", "w ws wz", "wr", attribute("axis", 0))
            .node("Conv", "xr wr b", "cr", SAME)
            .scalar("zero", 0)
            .node("Clip", "cr zero", "rr")
            .node("QuantizeLinear", "rr s z", "c")
            .node("QLinearConv", "c s z v ws wz s2 z a", "d")
            .node("com.microsoft", "QLinearAdd", "c s z d s2 z s z", "y")
            .output("y"));
  }

  @Test
  void realsAtTheEdgesAreQuantisedAndDequantisedThere() {
    Graph graph =
        file()
            .input("x", 1, 8, 10, 10)
            .node("QuantizeLinear", "x s z", "xq")
            .node("QLinearConv", "xq s z w ws wz s z b", "c")
            .node("DequantizeLinear", "c s z", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("quantize", "conv", "dequantize");
  }

  @Test
  void anotherScaleIsARequantisation() {
    Graph graph =
        file()
            .typedInput("x", OnnxFile.INT8, 1, 8, 10, 10)
            .node("DequantizeLinear", "x s z", "xr")
            .node("QuantizeLinear", "xr s2 z", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("quantize");
  }

  @Test
  void anOperatorThatReadsOneRealComputesWithReals() {
    Graph graph =
        file()
            .typedInput("x", OnnxFile.INT8, 1, 8, 10, 10)
            .input("r", 1, 8, 10, 10)
            .node("DequantizeLinear", "x s z", "xr")
            .node("Mul", "xr r", "m")
            .node("QuantizeLinear", "m s z", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("dequantize", "mul", "quantize");
  }

  @Test
  void operatorsThatMoveIntegersKeepThem() {
    Graph graph =
        file()
            .typedInput("x", OnnxFile.UINT8, 1, 8, 10, 10)
            .ints("shape", 1, -1)
            .zeros("m", OnnxFile.INT8, 1, 800, 4)
            .floats("ms", new float[4])
            .zeros("mz", OnnxFile.INT8, 1, 4)
            .zeroPoint("u", OnnxFile.UINT8)
            .node("DequantizeLinear", "x s u", "xr")
            .node("MaxPool", "xr", "p", list("kernel_shape", 1, 1))
            .node("QuantizeLinear", "p s u", "pq")
            .node("DequantizeLinear", "pq s u", "pr")
            .node("Reshape", "pr shape", "f")
            .node("QuantizeLinear", "f s u", "fq")
            .node("QLinearMatMul", "fq s u m ms mz s u", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph)).containsExactly("max-pool", "reshape", "fully-connected");
    for (Node node : graph.nodes()) {
      assertThat(graph.output(node, 0).type()).isEqualTo(DataType.UINT8);
    }
  }

  @Test
  void productsOfIntegersGiveSumsOf32Bits() {
    Graph graph =
        OnnxFile.opset(13)
            .input("x", 4, 32)
            .zeros("w", OnnxFile.UINT8, 1, 32, 8)
            .zeroPoint("z", OnnxFile.UINT8)
            .node("DynamicQuantizeLinear", "x", "q scale zero")
            .node("MatMulInteger", "q w zero z", "sums")
            .node("Cast", "sums", "reals", attribute("to", 1))
            .node("Mul", "reals scale", "y")
            .output("y")
            .imported();

    assertThat(kinds(graph))
        .containsExactly("dynamicquantizelinear", "fully-connected", "cast", "mul");
    assertThat(graph.output(graph.nodes().get(1), 0).type()).isEqualTo(DataType.INT32);
  }
}
