package dev.ppe.simulator.graph.precision;

import static dev.ppe.simulator.graph.precision.Sketch.RELU;
import static dev.ppe.simulator.graph.precision.Sketch.int8;
import static dev.ppe.simulator.graph.precision.Sketch.node;
import static dev.ppe.simulator.graph.precision.Sketch.real;
import static dev.ppe.simulator.graph.precision.Sketch.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tensors become in 8 bits, by who reads them. */
class Int8ConversionTest {
  private static final Window KERNEL = Window.square(3, 1, Padding.SAME);
  private final Sketch net = new Sketch();

  private static void assertPerChannel(Tensor tensor, DataType type, int axis) {
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.quantization()).isEqualTo(new Quantization.PerChannel(axis));
  }

  private static void assertOneScale(Tensor tensor, DataType type) {
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.quantization()).isInstanceOf(Quantization.PerTensor.class);
  }

  @Test
  void aConvolutionHasInt8WeightsPerChannelAndAnInt32Bias() {
    Operator conv = new Operator.Conv2d(KERNEL, 1, Activation.RELU);
    int x = net.input(real(1, 8, 8, 4));
    int y =
        net.apply(
            conv,
            real(1, 8, 8, 16),
            x,
            net.parameter(DataType.FLOAT32, 16, 3, 3, 4),
            net.parameter(DataType.FLOAT32, 16));
    Graph graph = int8(net.graph(y));
    Node node = node(graph, "n0");
    assertOneScale(graph.input(node, 0), DataType.INT8);
    assertPerChannel(graph.input(node, 1), DataType.INT8, 0);
    assertPerChannel(graph.input(node, 2), DataType.INT32, 0);
    assertOneScale(graph.output(node, 0), DataType.INT8);
    assertThat(node.operator()).isEqualTo(conv);
  }

  @Test
  void aDepthwiseConvolutionHasItsChannelsLast() {
    int x = net.input(real(1, 8, 8, 4));
    int y =
        net.apply(
            new Operator.DepthwiseConv2d(KERNEL, 1, Activation.NONE),
            real(1, 8, 8, 4),
            x,
            net.parameter(DataType.FLOAT16, 1, 3, 3, 4),
            net.parameter(DataType.FLOAT16, 4));
    Graph graph = int8(net.graph(y));
    assertPerChannel(graph.input(node(graph, "n0"), 1), DataType.INT8, 3);
    assertPerChannel(graph.input(node(graph, "n0"), 2), DataType.INT32, 0);
  }

  @Test
  void anLstmHasWideStatesPeepholesAndNormalisation() {
    int units = 3;
    List<Integer> operands = new ArrayList<>(List.of(net.input(real(1, 5, 2))));
    for (int i = 1; i <= 23; i++) {
      operands.add(
          switch (i) {
            case 1, 2, 3, 4 -> net.parameter(DataType.FLOAT32, units, 2);
            case 5, 6, 7, 8 -> net.parameter(DataType.FLOAT32, units, units);
            case 16, 17 -> Node.ABSENT;
            case 18, 19 -> net.state(DataType.FLOAT32, 1, units);
            default -> net.parameter(DataType.FLOAT32, units);
          });
    }
    int y =
        net.apply(
            new Operator.UnidirectionalLstm(false),
            real(1, 5, units),
            operands.toArray(Integer[]::new));
    Graph graph = int8(net.graph(y));
    Node lstm = node(graph, "n0");
    List.of(0, 1, 4, 5, 8, 18).forEach(i -> assertOneScale(graph.input(lstm, i), DataType.INT8));
    List.of(9, 10, 11, 19, 20, 23)
        .forEach(i -> assertOneScale(graph.input(lstm, i), DataType.INT16));
    List.of(12, 13, 14, 15).forEach(i -> assertOneScale(graph.input(lstm, i), DataType.INT32));
    assertThat(graph.input(lstm, 19).role()).isEqualTo(Tensor.Role.STATE);
  }

  @Test
  void operandsOfElementwiseOperatorsAreLikeActivations() {
    Operator add = new Operator.Binary(Operator.BinaryFunction.ADD, Activation.NONE);
    int y = net.apply(add, real(1, 8), net.input(real(1, 8)), net.parameter(DataType.FLOAT32, 8));
    Graph graph = int8(net.graph(y));
    assertOneScale(graph.input(node(graph, "n0"), 1), DataType.INT8);
  }

  @Test
  void tokenIdsAndIndicesStayIntegers() {
    int ids = net.input(Tensor.activation("ids", Shape.of(1, 8), DataType.INT32));
    int table = net.parameter(DataType.FLOAT32, 100, 16);
    int rows = net.apply(new Operator.Gather(0, 0), real(1, 8, 16), table, ids);
    Tensor index = Tensor.activation("", Shape.of(1, 8), DataType.INT64);
    int best = net.apply(new Operator.ArgMax(-1, false, DataType.INT64), index, rows);
    Graph before = net.graph(best);
    Graph graph = int8(before);
    assertThat(graph.tensor(graph.inputs().getFirst())).isEqualTo(before.tensor(ids));
    assertThat(graph.tensor(graph.outputs().getFirst())).isEqualTo(before.tensor(best));
    assertOneScale(graph.input(node(graph, "n0"), 0), DataType.INT8);
    assertOneScale(graph.output(node(graph, "n0"), 0), DataType.INT8);
  }

  @Test
  void aTableThatIsAlsoWeightsHasOneScale() {
    int ids = net.input(Tensor.activation("ids", Shape.of(1, 8), DataType.INT32));
    int table = net.parameter(DataType.FLOAT32, 100, 16);
    int rows = net.apply(new Operator.Gather(0, 0), real(1, 8, 16), table, ids);
    int words =
        net.apply(new Operator.FullyConnected(true, Activation.NONE), real(1, 8, 100), rows, table);
    Graph graph = int8(net.graph(words));
    assertOneScale(graph.input(node(graph, "n1"), 1), DataType.INT8);
    assertThat(node(graph, "n0").inputs().getFirst()).isEqualTo(node(graph, "n1").inputs().get(1));
  }

  @Test
  void weightsOfAFloatLayerThatAreQuantisedAlreadyStay() {
    int weights = net.parameter(DataType.INT8, 4, 8);
    int bias = net.parameter(DataType.FLOAT32, 4);
    int y =
        net.apply(
            new Operator.FullyConnected(false, Activation.NONE),
            real(1, 4),
            net.input(real(1, 8)),
            weights,
            bias);
    Graph before = net.graph(y);
    Graph graph = int8(before);
    assertThat(graph.input(node(graph, "n0"), 1)).isEqualTo(before.tensor(weights));
    assertThat(graph.input(node(graph, "n0"), 2).type()).isEqualTo(DataType.INT32);
  }

  @Test
  void inputsAndOutputsAreInt8Too() {
    int y = net.apply(RELU, row(DataType.FLOAT32), net.input(row(DataType.FLOAT32)));
    Graph graph = int8(net.graph(y));
    assertOneScale(graph.tensor(graph.inputs().getFirst()), DataType.INT8);
    assertOneScale(graph.tensor(graph.outputs().getFirst()), DataType.INT8);
  }

  @Test
  void aNetworkOfIntegersIsReturnedItself() {
    int y = net.apply(RELU, row(DataType.INT8), net.input(row(DataType.INT8, Sketch.SCALE)));
    Graph graph = net.graph(y);
    assertThat(int8(graph)).isSameAs(graph);
    assertThat(Precision.BF16.applyTo(graph)).isSameAs(graph);
  }

  @Test
  void aConvertedNetworkHasAHashOfItsOwnAndConvertsNoFurther() {
    int y = net.apply(RELU, row(DataType.FLOAT32), net.input(row(DataType.FLOAT32)));
    Graph graph = net.graph(y);
    var hash = CanonicalGraph.of(int8(graph)).hash();
    assertThat(hash).isNotEqualTo(CanonicalGraph.of(graph).hash());
    assertThat(hash).isNotEqualTo(CanonicalGraph.of(Sketch.bf16(graph)).hash());
    assertThat(CanonicalGraph.of(int8(int8(graph))).hash()).isEqualTo(hash);
    assertThat(Precision.STORED.applyTo(graph)).isSameAs(graph);
  }
}
