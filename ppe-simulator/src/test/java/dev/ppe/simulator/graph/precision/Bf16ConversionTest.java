package dev.ppe.simulator.graph.precision;

import static dev.ppe.simulator.graph.precision.Sketch.RELU;
import static dev.ppe.simulator.graph.precision.Sketch.SCALE;
import static dev.ppe.simulator.graph.precision.Sketch.bf16;
import static dev.ppe.simulator.graph.precision.Sketch.int8;
import static dev.ppe.simulator.graph.precision.Sketch.kinds;
import static dev.ppe.simulator.graph.precision.Sketch.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.zoo.Zoo;
import org.junit.jupiter.api.Test;

class Bf16ConversionTest {
  private final Sketch net = new Sketch();

  private static Graph mobileNet() {
    return Zoo.find("mobilenet_v2").orElseThrow().graph(Arithmetic.FLOAT32);
  }

  @Test
  void everyRealIsOneBiasesIncluded() {
    assertThat(bf16(mobileNet()).tensors())
        .allSatisfy(
            tensor -> {
              assertThat(tensor.type()).isEqualTo(DataType.BFLOAT16);
              assertThat(tensor.quantization()).isEqualTo(Quantization.NONE);
            });
  }

  @Test
  void nodesStayAsTheyAre() {
    assertThat(bf16(mobileNet()).nodes()).containsExactlyInAnyOrderElementsOf(mobileNet().nodes());
  }

  @Test
  void statesAreBf16Too() {
    int state = net.state(DataType.FLOAT32, 1, 8);
    Graph graph = bf16(net.graph(net.apply(RELU, row(DataType.FLOAT32), state)));
    assertThat(graph.tensor(state).type()).isEqualTo(DataType.BFLOAT16);
  }

  @Test
  void quantisedPartsStayBetweenTheirConversions() {
    int q =
        net.apply(
            new Operator.Quantize(), row(DataType.INT8, SCALE), net.input(row(DataType.FLOAT32)));
    int r = net.apply(RELU, row(DataType.INT8, SCALE), q);
    int d = net.apply(new Operator.Dequantize(), row(DataType.FLOAT32), r);
    Graph graph = bf16(net.graph(d));
    assertThat(kinds(graph)).containsExactly("quantize", "relu", "dequantize");
    assertThat(graph.tensor(graph.inputs().getFirst()).type()).isEqualTo(DataType.BFLOAT16);
    assertThat(graph.tensor(r)).isEqualTo(net.graph(d).tensor(r));
    assertThat(graph.tensor(graph.outputs().getFirst()).type()).isEqualTo(DataType.BFLOAT16);
  }

  @Test
  void castsThatChangeNothingAnyMoreAreLeftOut() {
    int x = net.input(row(DataType.FLOAT32));
    int b = net.apply(new Operator.Cast(DataType.BFLOAT16), row(DataType.BFLOAT16), x);
    Graph graph = bf16(net.graph(net.apply(RELU, row(DataType.BFLOAT16), b)));
    assertThat(kinds(graph)).containsExactly("relu");
    assertThat(graph.tensor(graph.inputs().getFirst()).type()).isEqualTo(DataType.BFLOAT16);
  }

  @Test
  void aBf16NetworkStaysOneAndBecomesInt8AsAFloatOneDoes() {
    Graph bf16 = bf16(mobileNet());
    assertThat(bf16(bf16)).isEqualTo(bf16);
    assertThat(int8(bf16)).isEqualTo(int8(mobileNet()));
  }
}
