package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FuserTest {
  private static final Accelerator CORAL = AcceleratorBuilder.like("coral-usb").build();
  private static final Kernel VALID = Kernel.of(3).padding(Padding.VALID);

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 8, 8, 16);

  private Value pad(Value value) {
    return pad(value, List.of(0, 1, 1, 0), PadMode.CONSTANT);
  }

  private Value pad(Value value, List<Integer> amounts, PadMode mode) {
    return net.apply("pad", new Operator.Pad(amounts, amounts, mode), value);
  }

  private Value conv(Value value) {
    return net.conv("conv", value, 16, VALID, Activation.NONE);
  }

  private Value relu(Value value) {
    return net.unary("relu", UnaryFunction.RELU, value);
  }

  @Test
  void paddingConvolutionAndActivationAreOneLayer() {
    List<Layer> layers = layers(net.build(relu(conv(pad(x)))));

    assertThat(layers).hasSize(1);
    Layer layer = layers.getFirst();
    assertThat(layer.kind()).isEqualTo("pad+conv+relu");
    assertThat(layer.name()).isEqualTo("conv");
    assertThat(layer.nodes()).containsExactly(0, 1, 2);
    assertThat(layer.main()).isEqualTo(1);
    assertThat(layer.inputs()).hasSize(1);
    assertThat(layer.parameters()).hasSize(2);
    assertThat(layer.outputs()).hasSize(1);
  }

  @Test
  void paddingJoinsDepthwiseConvolutionsAndPoolingToo() {
    Value depthwise = net.depthwise("dw", pad(x), VALID, Activation.NONE);
    assertThat(kinds(net.build(depthwise))).containsExactly("pad+depthwise-conv");
    GraphBuilder other = GraphBuilder.named("other", Arithmetic.INT8);
    Operator pad = new Operator.Pad(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), PadMode.CONSTANT);
    Value padded = other.apply("pad", pad, other.input("x", 1, 8, 8, 16));
    assertThat(kinds(other.build(other.maxPool("pool", padded, VALID))))
        .containsExactly("pad+max-pool");
  }

  @Test
  void otherPaddingStaysALayer() {
    Value reflected = pad(x, List.of(0, 1, 1, 0), PadMode.REFLECT);
    assertThat(kinds(net.build(conv(reflected)))).containsExactly("pad", "conv");
  }

  @Test
  void paddedChannelsStayALayer() {
    Value channels = pad(x, List.of(0, 1, 1, 4), PadMode.CONSTANT);
    assertThat(kinds(net.build(conv(channels)))).containsExactly("pad", "conv");
  }

  @Test
  void whatIsReadTwiceIsMadeForItself() {
    Value padded = pad(x);
    Value result = conv(padded);
    Value pool = net.maxPool("pool", padded, VALID);

    assertThat(kinds(net.build(relu(result), net.add("add", result, pool, Activation.NONE))))
        .containsExactlyInAnyOrder("pad", "conv", "relu", "max-pool", "add");
  }

  @Test
  void oneReaderThatReadsTwiceCountsAsTwo() {
    Value padded = pad(x);
    assertThat(kinds(net.build(net.add("add", padded, padded, Activation.NONE))))
        .containsExactly("pad", "add");
  }

  @Test
  void whatTheCallerWantsIsMadeForItself() {
    Value padded = pad(x);
    Value result = conv(padded);

    assertThat(kinds(net.build(padded, result, relu(result))))
        .containsExactly("pad", "conv", "relu");
  }

  @ParameterizedTest
  @EnumSource(
      value = UnaryFunction.class,
      names = {"RELU", "RELU6", "RELU_N1_TO_1", "LOGISTIC", "TANH"})
  void theFunctionsOfTheRequantisationStageJoinWhatTheyFollow(UnaryFunction function) {
    assertThat(layers(net.build(net.unary("f", function, conv(x))))).hasSize(1);
  }

  @Test
  void onlyOneFunctionJoins() {
    Value twice = net.unary("tanh", UnaryFunction.TANH, relu(conv(x)));
    assertThat(kinds(net.build(twice))).containsExactly("conv+relu", "tanh");
  }

  @Test
  void otherFunctionsAndOtherOperatorsStayApart() {
    assertThat(kinds(net.build(net.unary("f", UnaryFunction.RSQRT, conv(x)))))
        .containsExactly("conv", "rsqrt");
    GraphBuilder other = GraphBuilder.named("other", Arithmetic.INT8);
    Value pool = other.maxPool("pool", other.input("x", 1, 8, 8, 16), Kernel.of(3));
    assertThat(kinds(other.build(other.unary("f", UnaryFunction.RELU, pool))))
        .containsExactly("max-pool", "relu");
  }

  @Test
  void theHostRunsNodeByNode() {
    Value sine = net.unary("sine", UnaryFunction.SIN, x);
    assertThat(kinds(net.build(relu(conv(pad(sine)))))).containsExactly("sin", "pad+conv+relu");
    GraphBuilder other = GraphBuilder.named("other", Arithmetic.INT8);
    Value y = other.unary("sine", UnaryFunction.SIN, relu(other.input("x", 1, 8, 8, 16), other));
    assertThat(kinds(other.build(relu(other.conv("c", y, 8, VALID, Activation.NONE), other, "r"))))
        .containsExactly("relu", "sin", "conv", "relu");
  }

  private static Value relu(Value value, GraphBuilder other) {
    return relu(value, other, "relu");
  }

  private static Value relu(Value value, GraphBuilder other, String name) {
    return other.unary(name, UnaryFunction.RELU, value);
  }

  static List<Graph> networks() {
    return Networks.some();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNodeIsInOneLayerAndReadsWhatWasMadeBefore(Graph graph) {
    Graph canonical = CanonicalGraph.of(graph).graph();
    List<Layer> layers = layers(graph);
    boolean[] there = new boolean[canonical.tensors().size()];
    IntStream.range(0, there.length)
        .forEach(
            i -> there[i] = canonical.inputs().contains(i) || canonical.tensor(i).isParameter());
    for (Layer layer : layers) {
      assertThat(layer.nodes()).contains(layer.main());
      layer.inputs().forEach(input -> assertThat(there[input]).isTrue());
      layer.outputs().forEach(output -> there[output] = true);
    }
    assertThat(layers.stream().flatMap(layer -> layer.nodes().stream()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, canonical.nodes().size()).boxed().toList());
    canonical.outputs().forEach(output -> assertThat(there[output]).isTrue());
    assertThat(canonical.nodes()).extracting(Node::name).contains(layers.getFirst().name());
  }

  private static List<String> kinds(Graph graph) {
    return layers(graph).stream().map(Layer::kind).toList();
  }

  private static List<Layer> layers(Graph graph) {
    return Compiler.map(CanonicalGraph.of(graph), CORAL, Interruption.NEVER).layers();
  }
}
