package dev.ppe.simulator.graph.precision;

import static dev.ppe.simulator.graph.precision.Sketch.OTHER_SCALE;
import static dev.ppe.simulator.graph.precision.Sketch.RELU;
import static dev.ppe.simulator.graph.precision.Sketch.SCALE;
import static dev.ppe.simulator.graph.precision.Sketch.int8;
import static dev.ppe.simulator.graph.precision.Sketch.kinds;
import static dev.ppe.simulator.graph.precision.Sketch.node;
import static dev.ppe.simulator.graph.precision.Sketch.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import org.junit.jupiter.api.Test;

/** Casts, quantisations and dequantisations in 8 bits: adapted, or left out. */
class QuantizedPartsTest {
  private static final Operator QUANTIZE = new Operator.Quantize();
  private static final Operator DEQUANTIZE = new Operator.Dequantize();
  private static final Tensor REAL = row(DataType.FLOAT32);
  private static final Tensor INT8 = row(DataType.INT8, SCALE);

  private final Sketch net = new Sketch();

  private static Tensor input(Graph graph) {
    return graph.tensor(graph.inputs().getFirst());
  }

  private static Tensor output(Graph graph) {
    return graph.tensor(graph.outputs().getFirst());
  }

  @Test
  void aQuantisedNetworkBetweenRealsTakesAndGivesItsOwnIntegers() {
    int q = net.apply(QUANTIZE, INT8, net.input(REAL));
    int r = net.apply(RELU, row(DataType.INT8, OTHER_SCALE), q);
    Graph graph = int8(net.graph(net.apply(DEQUANTIZE, REAL, r)));
    assertThat(kinds(graph)).containsExactly("relu");
    assertThat(input(graph).quantization()).isEqualTo(SCALE);
    assertThat(output(graph).quantization()).isEqualTo(OTHER_SCALE);
  }

  @Test
  void soDoesOneOfOtherIntegers() {
    for (DataType type : new DataType[] {DataType.UINT8, DataType.INT16}) {
      Sketch sketch = new Sketch();
      int q = sketch.apply(QUANTIZE, row(type, SCALE), sketch.input(REAL));
      int r = sketch.apply(RELU, row(type, SCALE), q);
      Graph graph = int8(sketch.graph(sketch.apply(DEQUANTIZE, REAL, r)));
      assertThat(kinds(graph)).containsExactly("relu");
      assertThat(input(graph).type()).isEqualTo(type);
      assertThat(output(graph).type()).isEqualTo(type);
    }
  }

  @Test
  void realsBetweenQuantisedPartsComputeInTheIntegersAround() {
    int d = net.apply(DEQUANTIZE, REAL, net.input(INT8));
    int r = net.apply(RELU, REAL, d);
    int q = net.apply(QUANTIZE, row(DataType.INT8, OTHER_SCALE), r);
    Graph graph = int8(net.graph(net.apply(RELU, row(DataType.INT8, OTHER_SCALE), q)));
    assertThat(kinds(graph)).containsExactly("relu", "relu");
    assertThat(graph.output(node(graph, "n1"), 0).quantization()).isEqualTo(OTHER_SCALE);
    assertThat(node(graph, "n3").inputs()).isEqualTo(node(graph, "n1").outputs());
  }

  @Test
  void aPairOfTheSameScaleIsLeftOut() {
    int d = net.apply(DEQUANTIZE, REAL, net.input(INT8));
    int q = net.apply(QUANTIZE, INT8, d);
    Graph graph = int8(net.graph(net.apply(RELU, INT8, q)));
    assertThat(kinds(graph)).containsExactly("relu");
  }

  @Test
  void aPairOfTwoScalesIsOneRequantisation() {
    int d = net.apply(DEQUANTIZE, REAL, net.input(INT8));
    int q = net.apply(QUANTIZE, row(DataType.INT8, OTHER_SCALE), d);
    Graph graph = int8(net.graph(net.apply(RELU, row(DataType.INT8, OTHER_SCALE), q)));
    assertThat(kinds(graph)).containsExactly("quantize", "relu");
  }

  @Test
  void uint8ThatAnOperatorReadsAsRealsIsRequantised() {
    int d = net.apply(DEQUANTIZE, REAL, net.input(row(DataType.UINT8, SCALE)));
    Graph graph = int8(net.graph(net.apply(RELU, REAL, d)));
    assertThat(kinds(graph)).containsExactly("quantize", "relu");
    assertThat(input(graph).type()).isEqualTo(DataType.UINT8);
    assertThat(output(graph).type()).isEqualTo(DataType.INT8);
  }

  @Test
  void whereTwoScalesAreAskedForBothRequantise() {
    int x = net.input(REAL);
    int one = net.apply(QUANTIZE, INT8, x);
    int two = net.apply(QUANTIZE, row(DataType.INT8, OTHER_SCALE), x);
    Graph graph = int8(net.graph(one, two));
    assertThat(kinds(graph)).containsExactly("quantize", "quantize");
    assertThat(input(graph).type()).isEqualTo(DataType.INT8);
  }

  @Test
  void castsBetweenWidthsOfRealsAreLeftOut() {
    int half =
        net.apply(new Operator.Cast(DataType.FLOAT16), row(DataType.FLOAT16), net.input(REAL));
    int r = net.apply(RELU, row(DataType.FLOAT16), half);
    int whole = net.apply(DEQUANTIZE, REAL, r);
    Graph graph = int8(net.graph(net.apply(RELU, REAL, whole)));
    assertThat(kinds(graph)).containsExactly("relu", "relu");
  }

  @Test
  void storedHalvesBehindADequantisationAreWhatTheirReaderMakesOfThem() {
    Tensor bias = Sketch.real(4);
    int wide = net.apply(DEQUANTIZE, bias, net.parameter(DataType.FLOAT16, 4));
    int y =
        net.apply(
            new Operator.FullyConnected(false, Activation.NONE),
            Sketch.real(1, 4),
            net.input(REAL),
            net.parameter(DataType.FLOAT32, 4, 8),
            wide);
    Graph graph = int8(net.graph(y));
    assertThat(kinds(graph)).containsExactly("fully-connected");
    assertThat(graph.input(graph.nodes().getFirst(), 2).type()).isEqualTo(DataType.INT32);
    assertThat(graph.input(graph.nodes().getFirst(), 2).isParameter()).isTrue();
  }

  @Test
  void storedIntegersBehindADequantisationAreReadAsTheyAre() {
    int weights = net.apply(DEQUANTIZE, Sketch.real(4, 8), net.parameter(DataType.UINT8, 4, 8));
    int y =
        net.apply(
            new Operator.FullyConnected(false, Activation.NONE),
            Sketch.real(1, 4),
            net.input(REAL),
            weights);
    Graph graph = int8(net.graph(y));
    assertThat(kinds(graph)).containsExactly("fully-connected");
    assertThat(graph.input(graph.nodes().getFirst(), 1).type()).isEqualTo(DataType.UINT8);
  }

  @Test
  void aConversionThatIsTheWholeNetworkStays() {
    Graph graph = int8(net.graph(net.apply(QUANTIZE, INT8, net.input(REAL))));
    assertThat(kinds(graph)).containsExactly("quantize");
    assertThat(input(graph).type()).isEqualTo(DataType.INT8);
  }

  @Test
  void whatNoOutputNeedsAsksForNothing() {
    int x = net.input(REAL);
    int q = net.apply(QUANTIZE, INT8, x);
    int y = net.apply(RELU, INT8, q);
    net.apply(QUANTIZE, row(DataType.UINT8, OTHER_SCALE), x);
    assertThat(kinds(int8(net.graph(y)))).containsExactly("relu");
  }

  @Test
  void operatorsOnOtherQuantisedIntegersAreCounted() {
    int q = net.apply(QUANTIZE, row(DataType.UINT8, SCALE), net.input(REAL));
    Graph graph = net.graph(net.apply(RELU, row(DataType.UINT8, SCALE), q));
    assertThat(Precision.INT8.alreadyQuantized(graph)).isEqualTo(1);
    assertThat(Precision.BF16.alreadyQuantized(graph)).isEqualTo(1);
    assertThat(Precision.STORED.alreadyQuantized(graph)).isZero();
  }
}
