package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the builder's layers give and store. */
class GraphBuilderTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value image = net.input("image", 1, 32, 48, 16);

  @Test
  void scopesNestInNames() {
    Value x = net.scope("g1").scope("b0").pointwise("project", image, 8, Activation.NONE);
    assertThat(x.name()).isEqualTo("g1/b0/project");
    assertThat(net.build(x).tensors())
        .extracting(Tensor::name)
        .containsExactly("image", "g1/b0/project/weights", "g1/b0/project/bias", "g1/b0/project");
  }

  @Test
  void convolutionStoresWeightsOutputChannelsFirst() {
    Value x = net.conv("conv", image, 24, Kernel.of(3, 5).stride(2), Activation.RELU);
    Graph graph = net.build(x);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 16, 24, 24));
    assertThat(operand(graph, x, 1).shape()).isEqualTo(Shape.of(24, 3, 5, 16));
    assertThat(operand(graph, x, 2).shape()).isEqualTo(Shape.of(24));
  }

  @Test
  void groupConvolutionStoresTheChannelsOfOneGroup() {
    Value x = net.groupConv("gc", image, 24, 4, Kernel.of(3), Activation.RELU);
    Graph graph = net.build(x);
    assertThat(operand(graph, x, 1).shape()).isEqualTo(Shape.of(24, 3, 3, 4));
  }

  @Test
  void depthwiseConvolutionStoresOneKernelForEachChannel() {
    Value x = net.depthwise("dw", image, Kernel.of(3).dilation(2), Activation.RELU);
    Graph graph = net.build(x);
    assertThat(x.shape()).isEqualTo(image.shape());
    assertThat(operand(graph, x, 1).shape()).isEqualTo(Shape.of(1, 3, 3, 16));
  }

  @Test
  void kernelSlidesOverTheGivenPadding() {
    Kernel kernel = Kernel.of(3).stride(2);
    assertThat(net.maxPool("valid", image, kernel.padding(Padding.VALID)).shape())
        .isEqualTo(Shape.of(1, 15, 23, 16));
    assertThat(net.averagePool("same", image, kernel).shape()).isEqualTo(Shape.of(1, 16, 24, 16));
  }

  @Test
  void fullyConnectedTakesAPooledMap() {
    Value pooled = net.globalAveragePool("pool", image);
    Value x = net.fullyConnected("fc", pooled, 10, Activation.NONE);
    Graph graph = net.build(x);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 10));
    assertThat(operand(graph, x, 1).shape()).isEqualTo(Shape.of(10, 16));
  }

  @Test
  void gateIsBroadcastOverTheMap() {
    Value gate = net.unary("gate", UnaryFunction.LOGISTIC, net.globalAveragePool("pool", image));
    assertThat(net.multiply("scale", image, gate).shape()).isEqualTo(image.shape());
    assertThat(net.multiply("scale2", image, net.parameter("slopes", 16)).shape())
        .isEqualTo(image.shape());
  }

  @Test
  void layoutLayersMoveElements() {
    List<Value> halves = net.split("split", image, -1, List.of(4, 12));
    assertThat(halves).extracting(Value::channels).containsExactly(4, 12);
    assertThat(net.concat("concat", -1, List.of(halves.get(1), halves.get(0))).channels())
        .isEqualTo(16);
    assertThat(net.reshape("rows", image, 1, -1, 16).shape()).isEqualTo(Shape.of(1, 1536, 16));
    assertThat(net.squeeze("squeeze", image).shape()).isEqualTo(Shape.of(32, 48, 16));
    Value large = net.resizeBilinear("resize", image, 64, 100);
    assertThat(List.of(large.height(), large.width())).containsExactly(64, 100);
  }

  @Test
  void anyOperatorCanBeApplied() {
    Value weights = net.weights("up/weights", Shape.of(8, 2, 2, 16), 0);
    Operator up =
        new Operator.TransposeConv2d(Kernel.of(2).stride(2).window(), 64, 96, Activation.NONE);
    assertThat(net.apply("up", up, image, weights, net.bias("up/bias", 8)).shape())
        .isEqualTo(Shape.of(1, 64, 96, 8));
  }

  @Test
  void resultTypeFollowsTheOperator() {
    Value x = net.softmax("softmax", image);
    assertThat(x.type()).isEqualTo(DataType.INT8);
    Operator argMax = new Operator.ArgMax(-1, false, DataType.INT32);
    assertThat(net.apply("class", argMax, x).type()).isEqualTo(DataType.INT32);
    assertThat(net.apply("real", new Operator.Dequantize(), x).type()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void embeddingHasTheTypeOfItsTable() {
    Value tokens = net.input("tokens", DataType.INT32, 1, 128);
    Value table = net.parameter("table", 30522, 64);
    Value x = net.apply("embed", new Operator.Gather(0, 0), table, tokens);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 128, 64));
    assertThat(x.type()).isEqualTo(DataType.INT8);
  }

  @Test
  void integersHaveAScalePerChannelOfWeightsAndOneForActivations() {
    Value conv = net.conv("conv", image, 24, Kernel.of(3), Activation.RELU);
    Value depthwise = net.depthwise("dw", image, Kernel.of(3), Activation.RELU);
    Graph graph = net.build(conv, depthwise);
    assertThat(operand(graph, conv, 0).quantization()).isInstanceOf(Quantization.PerTensor.class);
    assertThat(operand(graph, conv, 1).quantization()).isEqualTo(new Quantization.PerChannel(0));
    assertThat(operand(graph, conv, 2).quantization()).isEqualTo(new Quantization.PerChannel(0));
    assertThat(operand(graph, conv, 2).type()).isEqualTo(DataType.INT32);
    assertThat(operand(graph, depthwise, 1).quantization())
        .isEqualTo(new Quantization.PerChannel(3));
  }

  @Test
  void realsAreNotQuantised() {
    GraphBuilder real = GraphBuilder.named("net", Arithmetic.FLOAT32);
    Value x = real.input("image", 1, 8, 8, 3);
    assertThat(real.build(real.conv("conv", x, 8, Kernel.of(3), Activation.RELU)).tensors())
        .allSatisfy(
            tensor -> {
              assertThat(tensor.type()).isEqualTo(DataType.FLOAT32);
              assertThat(tensor.quantization()).isEqualTo(Quantization.NONE);
            });
  }

  @Test
  void biasCanBeLeftOut() {
    Value x = net.withoutBias().scope("b").pointwise("conv", image, 8, Activation.NONE);
    assertThat(writer(net.build(x), x).inputs()).hasSize(2);
  }

  @Test
  void endpointIsWhatTheLayerGave() {
    Value x = net.scope("b0").pointwise("expand", image, 96, Activation.RELU6);
    assertThat(net.endpoint("b0/expand").shape()).isEqualTo(x.shape());
    assertThat(net.scope("b0").endpoint("expand").name()).isEqualTo("b0/expand");
    assertThatThrownBy(() -> net.endpoint("b1/expand"))
        .hasMessage("layer \"b1/expand\": there is no such layer");
  }

  @Test
  void onlyAFeatureMapHasAHeight() {
    Value row = net.reshape("row", image, 1, -1);
    assertThatThrownBy(row::height).hasMessage("\"row\" 1x24576 is no feature map [N, H, W, C]");
  }

  private static Tensor operand(Graph graph, Value result, int position) {
    return graph.input(writer(graph, result), position);
  }

  private static Node writer(Graph graph, Value value) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(value.name()))
        .findFirst()
        .orElseThrow();
  }
}
