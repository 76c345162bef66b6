package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
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
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lines of 64 output channels by 4 inputs, as Coral's. The figures marked so are what the vendor's
 * compiler wrote into compiled networks.
 */
class StoredParametersTest {
  private static final Accelerator LINES =
      AcceleratorBuilder.small()
          .core(new Core.Simd(1, 64, 4, 4, false, 4, 1))
          .types(DataType.INT8, DataType.UINT8)
          .build();

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** kernel x inputs padded to 4 x padded outputs + 8 x padded outputs, to whole 64s. */
  @ParameterizedTest
  @CsvSource({
    "3, 128, 128, 148480", // the vendor's: 9 x 128 x 128 + 8 x 128
    "3, 32, 32, 9472", // the vendor's: 9 x 32 x 32 + 8 x 32
    "3, 64, 64, 37376", // the vendor's: 9 x 64 x 64 + 8 x 64
    "1, 64, 65, 9216", // two passes, all lanes in both: 64 x 128 + 8 x 128
    "1, 64, 33, 3456", // a quarter more: 64 x 48 + 8 x 48
    "1, 64, 16, 1152", // 64 x 16 + 8 x 16
    "1, 64, 5, 1152", // as many
    "1, 64, 4, 320", // a sixteenth of the lanes: 64 x 4 + 8 x 4 = 288, five blocks
    "1, 64, 1, 320",
    "1, 3, 64, 768", // 4 x 64 + 8 x 64
    "1, 1, 64, 768", // one input takes the place of four
  })
  void aConvolutionsWeightsArePaddedToLines(int kernel, int inputs, int outputs, long bytes) {
    Value x = net.input("x", 1, 8, 8, inputs);

    assertThat(stored(net.build(net.conv("y", x, outputs, Kernel.of(kernel), Activation.NONE))))
        .isEqualTo(bytes);
  }

  /** A vector's outputs are padded to all lanes, or to 16: inputs x outputs + 8 x outputs. */
  @ParameterizedTest
  @CsvSource({
    "256, 256, 67584", // the vendor's dense_256
    "1024, 1024, 1056768", // the vendor's dense_1024
    "64, 65, 9216", // 64 x 128 + 8 x 128
    "64, 10, 4608", // 64 x 64 + 8 x 64
    "100, 1, 1664", // a single output has one scale: 100 x 16 + 4 x 16, the vendor's model_dense
  })
  void aVectorsWeightsFillAllLanes(int inputs, int outputs, long bytes) {
    Value x = net.input("x", 1, inputs);
    assertThat(stored(net.build(net.fullyConnected("y", x, outputs, Activation.NONE))))
        .isEqualTo(bytes);
  }

  /** 24 outputs are 32, where a vector's would be 64: 128 x 32 + 8 x 32. */
  @Test
  void aConvolutionOfASinglePositionIsPaddedAsAnyOther() {
    Value x = net.input("x", 1, 1, 1, 128);

    assertThat(stored(net.build(net.pointwise("y", x, 24, Activation.NONE)))).isEqualTo(4352);
  }

  /** At stride 2 on a 2 x 2 map, two rows and columns of three meet it: 4 x 64 x 128 + 8 x 128. */
  @Test
  void rowsAndColumnsOfAKernelThatMeetPaddingAloneAreLeftOut() {
    Value x = net.input("x", 1, 2, 2, 64);

    assertThat(stored(net.build(net.conv("y", x, 128, Kernel.of(3).stride(2), Activation.NONE))))
        .isEqualTo(33_792);
  }

  /** The vendor's 48,256 bytes for 1001 classes: 3 x 1004 x 16, and a block. */
  @Test
  void aSoftmaxOnTheCoresHasThreeMatricesToOneValue() {
    Value x = net.input("x", 1, 1001);
    Graph graph = net.build(net.softmax("y", x));

    assertThat(sizes(graph, AcceleratorBuilder.like("coral-compiler-late").build()))
        .containsExactly(48_256L);
    assertThat(sizes(graph, AcceleratorBuilder.like("coral-compiler").build())).containsExactly(0L);
  }

  /** Neither bias nor scale: 9 x 64 x 64. */
  @Test
  void withoutABiasNothingLiesBeside() {
    GraphBuilder bare = net.withoutBias();
    Value x = bare.input("x", 1, 8, 8, 64);

    assertThat(stored(bare.build(bare.conv("y", x, 64, Kernel.of(3), Activation.NONE))))
        .isEqualTo(36_864);
  }

  /**
   * One scale for all: 4 bytes beside each output. 32 x 4 + 4 x 4 = 144, three blocks: the vendor's
   * figure.
   */
  @Test
  void unsignedWeightsHaveNoScales() {
    assertThat(stored(conv(new Quantization.PerTensor(1f / 128, 128), 1))).isEqualTo(192);
    assertThat(stored(conv(new Quantization.PerTensor(1f / 128, 128), 64)))
        .isEqualTo(32 * 64 + 4 * 64);
    assertThat(stored(conv(Quantization.NONE, 64))).isEqualTo(32 * 64 + 4 * 64);
    assertThat(stored(conv(new Quantization.PerChannel(0), 64))).isEqualTo(32 * 64 + 8 * 64);
  }

  private static Graph conv(Quantization quantization, int outputs) {
    DataType type = DataType.UINT8;
    Operator conv = new Operator.Conv2d(Window.square(1, 1, Padding.SAME), 1, Activation.NONE);
    return unsigned(conv, quantization, outputs, Shape.of(outputs, 1, 1, 32), type);
  }

  private static Graph unsigned(
      Operator operator, Quantization quantization, int outputs, Shape weights, DataType type) {
    return new Graph(
        "unsigned",
        List.of(
            Tensor.activation("x", Shape.of(1, 8, 8, 32), type),
            Tensor.parameter("w", weights, type).withType(type, quantization),
            Tensor.parameter("b", Shape.of(outputs), DataType.INT32),
            Tensor.activation("y", Shape.of(1, 8, 8, outputs), type)),
        List.of(new Node("y", operator, List.of(0, 1, 2), List.of(3))),
        List.of(0),
        List.of(3));
  }

  /** The vendor's 40 bytes a channel: 9 kernel elements in dot products of 4, and the bias. */
  @Test
  void aDepthwiseWeightTakesADotProductOfItsOwn() {
    Operator depthwise =
        new Operator.DepthwiseConv2d(Window.square(3, 1, Padding.SAME), 1, Activation.NONE);
    Graph graph =
        unsigned(
            depthwise,
            new Quantization.PerTensor(1f / 128, 128),
            32,
            Shape.of(1, 3, 3, 32),
            DataType.UINT8);

    assertThat(stored(graph)).isEqualTo(40 * 32);
  }

  /** With scales 44 bytes a channel; 99 channels are padded to 100: 4400, 69 blocks. */
  @Test
  void depthwiseChannelsArePaddedToADotProductOnly() {
    Value x = net.input("x", 1, 8, 8, 99);

    assertThat(stored(net.build(net.depthwise("y", x, Kernel.of(3), Activation.NONE))))
        .isEqualTo(69 * 64);
  }

  @Test
  void groupConvolutionsEndInTheOtherTwo() {
    Value x = net.input("x", 1, 8, 8, 64);
    Value y = net.groupConv("channels", x, 64, 64, Kernel.of(3), Activation.NONE);
    Value z = net.groupConv("one", y, 64, 1, Kernel.of(3), Activation.NONE);

    assertThat(sizes(net.build(z), LINES)).containsExactly(44L * 64, 37_376L);
  }

  @Test
  void whatAnElementwiseLayerTakesLiesAsItIsWithAWordBeside() {
    Value x = net.input("x", 1, 48, 48, 1);

    assertThat(stored(net.build(net.multiply("y", x, net.parameter("centre", 1, 48, 48, 1)))))
        .isEqualTo(2368); // of 2308, whole blocks of 64: the vendor's for a network of key points
  }

  /**
   * A line is a row of the array, 8 outputs by an input: a layer of 3 x 3 from 12 to 10 has 9 x 12
   * x 16 weights and 8 bytes beside each of 16 outputs, a depthwise one over 12 has 9 x 12 and 8 x
   * 12, in blocks of 64.
   */
  @ParameterizedTest
  @EnumSource
  void aSystolicArraysLinesAreItsRows(Dataflow dataflow) {
    Value x = net.input("x", 1, 8, 8, 12);
    Value wide = net.conv("y", x, 10, Kernel.of(3), Activation.NONE);
    Graph graph = net.build(wide, net.depthwise("z", x, Kernel.of(3), Activation.NONE));
    Accelerator systolic =
        AcceleratorBuilder.small().core(new Core.Systolic(8, 8, dataflow, true)).build();

    assertThat(sizes(graph, systolic)).containsExactlyInAnyOrder(1856L, 256L);
  }

  private static long stored(Graph graph) {
    List<Long> sizes = sizes(graph, LINES);
    assertThat(sizes).hasSize(1);
    return sizes.getFirst();
  }

  private static List<Long> sizes(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER)
        .memory()
        .parameterBytes();
  }
}
