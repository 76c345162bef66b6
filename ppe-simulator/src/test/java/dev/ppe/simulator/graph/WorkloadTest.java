package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Graphs.map;
import static dev.ppe.simulator.graph.Graphs.node;
import static dev.ppe.simulator.graph.Graphs.weights;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final Window THREE = Window.square(3, 2, Padding.SAME);

  @Test
  void aConvolutionMultipliesEveryOutputWithItsWindowAndDepth() {
    // 4 x 4 x 16 outputs, each from 3 x 3 x 8
    Operator conv = new Operator.Conv2d(THREE, 1, Activation.NONE);
    assertMacs(
        18_432, conv, map("x", 1, 8, 8, 8), weights("w", 16, 3, 3, 8), map("y", 1, 4, 4, 16));
    // in 4 groups, each from 3 x 3 x 2
    Operator grouped = new Operator.Conv2d(THREE, 4, Activation.NONE);
    assertMacs(
        4_608, grouped, map("x", 1, 8, 8, 8), weights("w", 16, 3, 3, 2), map("y", 1, 4, 4, 16));
  }

  @Test
  void aDepthwiseConvolutionMultipliesEveryOutputWithItsWindow() {
    Operator conv = new Operator.DepthwiseConv2d(THREE, 1, Activation.NONE);

    assertMacs(1_152, conv, map("x", 1, 8, 8, 8), weights("w", 1, 3, 3, 8), map("y", 1, 4, 4, 8));
  }

  @Test
  void aTransposedConvolutionMultipliesEveryInputWithTheWholeKernel() {
    Operator conv = new Operator.TransposeConv2d(THREE, 8, 8, Activation.NONE);

    // 4 x 4 x 16 inputs, each into 3 x 3 x 8
    assertMacs(
        18_432, conv, map("x", 1, 4, 4, 16), weights("w", 8, 3, 3, 16), map("y", 1, 8, 8, 8));
  }

  @Test
  void matrixProductsMultiplyRowsDepthAndColumns() {
    Operator flat = new Operator.FullyConnected(false, Activation.NONE);
    assertMacs(60, flat, map("x", 3, 4), weights("w", 5, 4), map("y", 3, 5));
    Operator product = new Operator.BatchMatMul(true, false);
    assertMacs(2 * 3 * 4 * 6, product, map("l", 2, 4, 3), map("r", 2, 4, 6), map("y", 2, 3, 6));
  }

  @Test
  void anLstmMultipliesAllItsWeightsInEveryStep() {
    List<Tensor> tensors = new ArrayList<>(List.of(map("x", 2, 5, 3)));
    IntStream.range(0, 4).forEach(i -> tensors.add(weights("w", 4, 3)));
    IntStream.range(0, 4).forEach(i -> tensors.add(weights("r", 4, 4)));
    tensors.add(map("y", 2, 5, 4));
    Graph graph =
        new Graph(
            "",
            tensors,
            List.of(
                node(
                    new Operator.UnidirectionalLstm(false),
                    IntStream.range(0, 9).boxed().toList(),
                    9)),
            List.of(0),
            List.of(9));

    assertThat(Workload.macs(graph)).isEqualTo(2 * 5 * (4 * 12 + 4 * 16));
  }

  @Test
  void poolsAndReductionsCountWhatTheyReadAndTheRestWhatItWrites() {
    Operator pool = new Operator.Pool2d(PoolFunction.AVERAGE, THREE, Activation.NONE);
    assertVectorOperations(4 * 4 * 8 * 9, pool, map("x", 1, 8, 8, 8), map("y", 1, 4, 4, 8));
    Operator mean = new Operator.Reduce(ReduceFunction.MEAN, List.of(1, 2), false);
    assertVectorOperations(512, mean, map("x", 1, 8, 8, 8), map("y", 1, 8));
    assertVectorOperations(512, Graphs.RELU, map("x", 1, 8, 8, 8), map("y", 1, 8, 8, 8));
  }

  @Test
  void parametersCountOnceHoweverOftenTheyAreRead() {
    Graph graph = Graphs.residual();
    assertThat(Workload.parameters(graph)).isEqualTo(4 * 9 * 4 + 4);
    assertThat(Workload.macs(graph)).isEqualTo(64L * 4 * 9 * 4);

    Graph shared =
        new Graph(
            "",
            List.of(map("x", 4), weights("w", 4), map("a", 4), map("b", 4)),
            List.of(node(Graphs.ADD, List.of(0, 1), 2), node(Graphs.ADD, List.of(2, 1), 3)),
            List.of(0),
            List.of(3));
    assertThat(Workload.parameters(shared)).isEqualTo(4);
    assertThat(Workload.parameters(shared, shared.nodes().get(1))).isEqualTo(4);
  }

  private static void assertMacs(long macs, Operator operator, Tensor... tensors) {
    Graph graph = graph(operator, tensors);
    assertThat(Workload.macs(graph)).isEqualTo(macs);
    assertThat(Workload.vectorOperations(graph, graph.nodes().getFirst())).isZero();
  }

  private static void assertVectorOperations(
      long operations, Operator operator, Tensor... tensors) {
    Graph graph = graph(operator, tensors);
    assertThat(Workload.vectorOperations(graph, graph.nodes().getFirst())).isEqualTo(operations);
    assertThat(Workload.macs(graph)).isZero();
  }

  /** A valid graph of one node that reads all tensors but the last, which it writes. */
  private static Graph graph(Operator operator, Tensor... tensors) {
    int last = tensors.length - 1;
    List<Integer> operands = IntStream.range(0, last).boxed().toList();
    List<Integer> inputs = operands.stream().filter(i -> !tensors[i].isParameter()).toList();
    Graph graph =
        new Graph(
            "", List.of(tensors), List.of(node(operator, operands, last)), inputs, List.of(last));
    return GraphVerifier.verify(graph, GraphLimits.DEFAULT);
  }
}
