package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.block.HostProcessor;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Host;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cycle is half a nanosecond. The host starts in 100 ns, does 4 multiply-accumulates a
 * nanosecond, moves 2 bytes and converts an element in 5.
 */
class HostOperatorsTest {
  private static final HostProcessor HOST =
      new HostProcessor(
          new Host("host", 4_000_000_000L, 2_000_000_000L, 200_000_000, 100), 2_000_000_000);
  private static final long START = 200;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private Value x() {
    return net.input("x", 1, 8, 8, 16);
  }

  /** 1024 bytes in and out: 1024 ns. */
  @Test
  void elementwiseWorkIsAsFastAsItsBytes() {
    assertThat(cycles(net.build(net.unary("y", Operator.UnaryFunction.SIN, x()))))
        .isEqualTo(START + 2 * 1024);
  }

  /** Four neighbours of each of 16 x 16 x 16 bytes, which are written: five times 4096 bytes. */
  @Test
  void operandsCountAsOftenAsTheyAreRead() {
    assertThat(cycles(net.build(net.resizeBilinear("y", x(), 16, 16)))).isEqualTo(START + 5 * 4096);
  }

  /** 1024 x 64 multiply-accumulates: 16,384 ns; 1024 + 1024 + 64 x 16 + 4 x 64 bytes less. */
  @Test
  void aConvolutionIsAsFastAsItsArithmetic() {
    assertThat(cycles(net.build(net.pointwise("y", x(), 64, Activation.NONE))))
        .isEqualTo(START + 2 * 16_384);
  }

  /** 1024 elements, 5 ns each. */
  @Test
  void floatsBecomeEightBitsAtARateOfTheirOwn() {
    Value image = net.input("image", DataType.FLOAT32, 1, 8, 8, 16);

    assertThat(cycles(net.build(net.apply("y", new Operator.Quantize(), image))))
        .isEqualTo(START + 10 * 1024);
  }

  @Test
  void andEightBitsBecomeFloats() {
    assertThat(cycles(net.build(net.apply("y", new Operator.Dequantize(), x()))))
        .isEqualTo(START + 10 * 1024);
  }

  /** 1024 bytes to 1024 bytes of another scale. */
  @Test
  void aChangeOfScaleIsElementwise() {
    assertThat(cycles(net.build(net.apply("y", new Operator.Quantize(), x()))))
        .isEqualTo(START + 2 * 1024);
  }

  /** 1024 elements, 5 ns each, and 1024 bytes in and 64 floats out. */
  @Test
  void anUnknownOperatorThatGivesFloatsConvertsWhatItReads() {
    assertThat(cycles(selection(DataType.FLOAT32))).isEqualTo(START + 10 * 1024 + 1024 + 4 * 64);
  }

  /** 1024 bytes in and 64 out. */
  @Test
  void oneThatGivesBytesConvertsNothing() {
    assertThat(cycles(selection(DataType.INT8))).isEqualTo(START + 1024 + 64);
  }

  private static Graph selection(DataType type) {
    return new Graph(
        "net",
        List.of(
            Tensor.activation("scores", Shape.of(1, 64, 16), DataType.INT8),
            Tensor.activation("boxes", Shape.of(1, 64), type)),
        List.of(new Node("y", new Operator.Custom("Nms"), List.of(0), List.of(1))),
        List.of(0),
        List.of(1));
  }

  private static long cycles(Graph graph) {
    return HOST.cycles(HostOperators.job(graph, graph.nodes().getFirst(), HOST.host()));
  }
}
