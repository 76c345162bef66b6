package dev.ppe.simulator.graph.precision;

import static dev.ppe.simulator.graph.precision.Sketch.CUSTOM;
import static dev.ppe.simulator.graph.precision.Sketch.RELU;
import static dev.ppe.simulator.graph.precision.Sketch.SCALE;
import static dev.ppe.simulator.graph.precision.Sketch.bf16;
import static dev.ppe.simulator.graph.precision.Sketch.int8;
import static dev.ppe.simulator.graph.precision.Sketch.kinds;
import static dev.ppe.simulator.graph.precision.Sketch.node;
import static dev.ppe.simulator.graph.precision.Sketch.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import org.junit.jupiter.api.Test;

/** Operators that go on with reals, and the conversions around them. */
class RealOperatorsTest {
  private static final Tensor REAL = row(DataType.FLOAT32);

  private final Sketch net = new Sketch();

  private static DataType operand(Graph graph, String node) {
    return graph.input(node(graph, node), 0).type();
  }

  @Test
  void anUnknownOperatorStandsBetweenConversions() {
    int x = net.apply(RELU, REAL, net.input(REAL));
    int y = net.apply(CUSTOM, REAL, x);
    Graph graph = net.graph(net.apply(RELU, REAL, y));
    assertThat(kinds(int8(graph)))
        .containsExactly("relu", "dequantize", "mystery", "quantize", "relu");
    assertThat(kinds(bf16(graph))).containsExactly("relu", "cast", "mystery", "cast", "relu");
    assertThat(operand(int8(graph), "n1")).isEqualTo(DataType.FLOAT32);
    assertThat(operand(int8(graph), "n2")).isEqualTo(DataType.INT8);
    assertThat(operand(bf16(graph), "n1")).isEqualTo(DataType.FLOAT32);
    assertThat(operand(bf16(graph), "n2")).isEqualTo(DataType.BFLOAT16);
  }

  @Test
  void severalReadersShareAConversion() {
    int x = net.apply(RELU, REAL, net.input(REAL));
    int one = net.apply(CUSTOM, REAL, x);
    int two = net.apply(CUSTOM, REAL, x, x);
    Graph graph = int8(net.graph(one, two));
    assertThat(kinds(graph)).containsExactly("relu", "dequantize", "mystery", "mystery");
  }

  @Test
  void whatOnlySuchOperatorsSeeStaysReal() {
    int y = net.apply(CUSTOM, REAL, net.input(REAL), net.parameter(DataType.FLOAT32, 8));
    Graph graph = net.graph(y);
    assertThat(int8(graph)).isEqualTo(graph);
    assertThat(bf16(graph)).isEqualTo(graph);
  }

  @Test
  void aDequantisationBeforeOneStays() {
    int q = net.apply(RELU, row(DataType.INT8, SCALE), net.input(row(DataType.INT8, SCALE)));
    int d = net.apply(new Operator.Dequantize(), REAL, q);
    Graph graph = net.graph(net.apply(CUSTOM, REAL, d));
    assertThat(int8(graph)).isEqualTo(graph);
  }

  @Test
  void aParameterThatOthersReadTooIsStoredOnce() {
    int p = net.parameter(DataType.FLOAT32, 1, 8);
    int x = net.input(REAL);
    Operator add =
        new Operator.Binary(Operator.BinaryFunction.ADD, dev.ppe.simulator.graph.Activation.NONE);
    Graph graph = int8(net.graph(net.apply(add, REAL, x, p), net.apply(CUSTOM, REAL, p)));
    assertThat(kinds(graph)).containsExactly("add", "dequantize", "mystery");
    assertThat(graph.input(node(graph, "n0"), 1).type()).isEqualTo(DataType.INT8);
  }

  @Test
  void plainIntegersMeetRealsInReals() {
    int ids = net.input(row(DataType.INT32));
    int real = net.apply(new Operator.Cast(DataType.FLOAT32), REAL, ids);
    int y = net.apply(RELU, REAL, real);
    int back = net.apply(new Operator.Cast(DataType.INT32), row(DataType.INT32), y);
    Graph graph = net.graph(back);
    assertThat(kinds(int8(graph)))
        .containsExactly("cast", "quantize", "relu", "dequantize", "cast");
    assertThat(kinds(bf16(graph))).containsExactly("cast", "relu", "cast");
    assertThat(node(bf16(graph), "n0").operator()).isEqualTo(new Operator.Cast(DataType.BFLOAT16));
    assertThat(node(bf16(graph), "n2").operator()).isEqualTo(new Operator.Cast(DataType.INT32));
  }
}
