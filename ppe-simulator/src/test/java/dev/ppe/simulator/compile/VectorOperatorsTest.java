package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.job.VectorWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What elementwise layers read and write, by hand. */
class VectorOperatorsTest {

  private static VectorWork of(Operator operator) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 56, 56, 64);
    Graph graph = net.build(net.apply("y", operator, x));
    return VectorOperators.work(graph, graph.nodes().getFirst());
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

  /** 3 x 3 at stride 1: every row is in three rows of windows; at stride 2 in two at most. */
  @Test
  void aPoolReadsARowAgainForEachRowOfWindows() {
    assertThat(of(pool(Window.square(3, 1, Padding.SAME))).readBytes()).isEqualTo(3 * 200_704);
    assertThat(of(pool(Window.square(3, 2, Padding.SAME))).readBytes()).isEqualTo(2 * 200_704);
    assertThat(of(pool(Window.square(2, 2, Padding.SAME))).readBytes()).isEqualTo(200_704);
    assertThat(of(pool(Window.square(55, 1, Padding.VALID))).readBytes()).isEqualTo(2 * 200_704);
  }

  private static Operator pool(Window window) {
    return new Operator.Pool2d(PoolFunction.MAX, window, Activation.NONE);
  }

  /** Four neighbours of each result, one by one, and three interpolations of two operations. */
  @Test
  void anInterpolationGathersItsNeighbours() {
    long results = 28 * 28 * 64;

    assertThat(of(new Operator.Resize(ResizeMethod.BILINEAR, 28, 28, false, false)))
        .isEqualTo(new VectorWork(7 * results, 4 * results, 4 * results, results));
    assertThat(of(new Operator.Resize(ResizeMethod.NEAREST, 28, 28, false, false)))
        .isEqualTo(new VectorWork(results, results, results, results));
  }

  @Test
  void aTranspositionAndAnArgMaxGatherTooAndAnAdditionDoesNot() {
    assertThat(of(new Operator.Transpose(List.of(0, 2, 1, 3))).gathered()).isEqualTo(200_704);
    assertThat(of(new Operator.ArgMax(3, false, DataType.INT32)).gathered()).isEqualTo(200_704);
    assertThat(of(new Operator.Unary(Operator.UnaryFunction.TANH)).gathered()).isZero();
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
