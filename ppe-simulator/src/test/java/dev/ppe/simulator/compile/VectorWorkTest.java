package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What elementwise layers read and write, by hand. */
class VectorWorkTest {

  private static VectorWork of(Operator operator) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 56, 56, 64);
    Graph graph = net.build(net.apply("y", operator, x));
    return VectorWork.of(graph, graph.nodes().getFirst());
  }

  /** 56 x 56 x 64 bytes in, 64 out, an operation for each that is read. */
  @Test
  void aPoolOverTheWholeMapCostsTheSameHoweverItIsWritten() {
    Window whole = Window.square(56, 1, Padding.VALID);
    VectorWork expected = new VectorWork(200_704, 0, 200_704, 64);

    assertThat(of(new Operator.Pool2d(PoolFunction.AVERAGE, whole, Activation.NONE)))
        .isEqualTo(expected);
    assertThat(of(new Operator.GlobalPool2d(PoolFunction.AVERAGE))).isEqualTo(expected);
    assertThat(of(new Operator.Reduce(ReduceFunction.MEAN, List.of(1, 2), true)))
        .isEqualTo(expected);
  }

  @Test
  void aSliceReadsWhatItTakes() {
    VectorWork quarter = of(new Operator.Slice(List.of(0, 0, 0, 0), List.of(1, 28, 28, 64)));

    assertThat(quarter.readBytes()).isEqualTo(28 * 28 * 64);
    assertThat(quarter.writeBytes()).isEqualTo(28 * 28 * 64);
  }

  @Test
  void anotherViewOfTheSameBytesCostsNothing() {
    assertThat(of(new Operator.Reshape(List.of(1, -1)))).isEqualTo(VectorWork.NONE);
  }
}
