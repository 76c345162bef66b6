package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Graphs.ADD;
import static dev.ppe.simulator.graph.Graphs.RELU;
import static dev.ppe.simulator.graph.Graphs.map;
import static dev.ppe.simulator.graph.Graphs.node;
import static dev.ppe.simulator.graph.Graphs.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphVerifierTest {
  private static final List<Tensor> TWO = List.of(map("x", 4), map("y", 4));

  @Test
  void aValidNetworkIsReturnedAsItIs() {
    Graph graph = Graphs.residual();

    assertThat(GraphVerifier.verify(graph, GraphLimits.DEFAULT)).isSameAs(graph);
  }

  @Test
  void aNetworkNeedsNodesAndOutputs() {
    assertInvalid(new Graph("", TWO, List.of(), List.of(0), List.of(0)), "graph: has no nodes");
    assertInvalid(
        new Graph("", TWO, List.of(node(RELU, List.of(0), 1)), List.of(0), List.of()),
        "graph: has no outputs");
  }

  @Test
  void everyReferenceIsATensor() {
    assertInvalid(relu(5, 1), "node 0 \"n1\" (relu): refers to tensor 5, there are 2");
    assertInvalid(relu(-2, 1), "refers to tensor -2");
    assertInvalid(
        new Graph("", TWO, List.of(node(RELU, List.of(0), 1)), List.of(9), List.of(1)),
        "graph inputs: refers to tensor 9");
    assertInvalid(
        new Graph("", TWO, List.of(node(RELU, List.of(0), 1)), List.of(0), List.of(-1)),
        "graph outputs: refers to tensor -1");
  }

  @Test
  void everyTensorIsWrittenOnceAndBeforeItIsRead() {
    assertInvalid(
        new Graph("", TWO, List.of(node(RELU, List.of(0), 1)), List.of(), List.of(1)),
        "reads tensor 0 \"x\", which nothing writes");
    assertInvalid(relu(0, 0), "which is a graph input or written already");
    assertInvalid(
        new Graph("", TWO, List.of(node(RELU, List.of(0), 1)), List.of(0, 0), List.of(1)),
        "is listed as a graph input twice");
    assertInvalid(
        new Graph(
            "",
            List.of(map("x", 4), weights("w", 4)),
            List.of(node(RELU, List.of(0), 1)),
            List.of(0),
            List.of(1)),
        "a stored value");
    assertInvalid(
        new Graph(
            "",
            List.of(weights("w", 4), map("y", 4)),
            List.of(node(RELU, List.of(0), 1)),
            List.of(0),
            List.of(1)),
        "is a graph input but not an activation");
  }

  @Test
  void cyclesAreNamed() {
    Graph cyclic =
        new Graph(
            "",
            List.of(map("x", 4), map("a", 4), map("b", 4)),
            List.of(node(ADD, List.of(0, 2), 1), node(RELU, List.of(1), 2)),
            List.of(0),
            List.of(2));

    assertInvalid(cyclic, "a cycle");
  }

  @Test
  void declaredShapesAreThoseThatTheOperandsGive() {
    Graph graph =
        new Graph(
            "",
            List.of(map("x", 4), map("y", 5)),
            List.of(node(RELU, List.of(0), 1)),
            List.of(0),
            List.of(1));

    assertInvalid(graph, "node 0 \"n1\" (relu): result 0 is declared 5, its operands give 4");
  }

  @Test
  void theNumberOfResultsIsTheOperators() {
    Node twice = new Node("n", RELU, List.of(0), List.of(1, 2));
    Graph graph =
        new Graph(
            "",
            List.of(map("x", 4), map("y", 4), map("z", 4)),
            List.of(twice),
            List.of(0),
            List.of(1));

    assertInvalid(graph, "has 2 results, must have 1");
  }

  @Test
  void operandsThatAnOperatorHasNoUseForAreRefused() {
    assertInvalid(
        reading(ADD, 0, 0, 0), "node 0 \"n1\" (add): has 3 operands, must have 2 at most");
    assertInvalid(reading(RELU, 0, 0), "node 0 \"n1\" (relu): has 2 operands, must have 1 at most");
    assertInvalid(reading(RELU, 0, Node.ABSENT), "has 2 operands, must have 1 at most");
    Operator matmul = new Operator.BatchMatMul(false, true);
    assertInvalid(reading(matmul, 0, 0, 0), "has 3 operands, must have 2 at most");
    Operator conv = new Operator.Conv2d(Window.square(1, 1, Padding.SAME), 1, Activation.NONE);
    assertInvalid(reading(conv, 0, 0, 0, 0), "has 4 operands, must have 3 at most");
  }

  /** So often the input. */
  private static Graph reading(Operator operator, Integer... operands) {
    return new Graph(
        "", TWO, List.of(node(operator, List.of(operands), 1)), List.of(0), List.of(1));
  }

  @Test
  void aConcatenationAndAnOperatorThatIsNotKnownReadAnyNumber() {
    List<Integer> operands = Collections.nCopies(100, 0);
    List<Tensor> tensors = List.of(map("x", 4), map("y", 400));
    for (Operator operator :
        List.of(new Operator.Concat(0, Activation.NONE), new Operator.Custom("sum of many"))) {
      Graph graph =
          new Graph("", tensors, List.of(node(operator, operands, 1)), List.of(0), List.of(1));

      assertThat(GraphVerifier.verify(graph, GraphLimits.DEFAULT)).isSameAs(graph);
    }
  }

  @Test
  void resultsWithoutElementsAreInvalid() {
    Graph graph =
        new Graph(
            "",
            List.of(map("x", 0), map("y", 0)),
            List.of(node(RELU, List.of(0), 1)),
            List.of(0),
            List.of(1));

    assertInvalid(graph, "result 0 has no elements");
  }

  @Test
  void limitsAreKept() {
    assertTooLarge(new GraphLimits(1, 99, 99, 1 << 20, 1 << 20), "has 2 nodes, the limit is 1");
    assertTooLarge(new GraphLimits(9, 4, 99, 1 << 20, 1 << 20), "has 5 tensors, the limit is 4");
    assertTooLarge(new GraphLimits(9, 99, 2, 1 << 20, 1 << 20), "has 3 operands, the limit is 2");
    assertTooLarge(new GraphLimits(9, 99, 99, 255, 1 << 20), "has 256 bytes, the limit is 255");
    assertTooLarge(new GraphLimits(9, 99, 99, 1 << 20, 9000), "the limit is 9000");
  }

  @Test
  void limitsThemselvesAreChecked() {
    assertThatThrownBy(() -> new GraphLimits(0, 1, 1, 1, 1)).hasMessageContaining("maxNodes is 0");
    assertThatThrownBy(() -> new GraphLimits(1, 1, 1, 1L << 41, 1))
        .hasMessageContaining("maxTensorBytes");
  }

  private static Graph relu(int input, int output) {
    return new Graph("", TWO, List.of(node(RELU, List.of(input), output)), List.of(0), List.of(1));
  }

  private static void assertInvalid(Graph graph, String message) {
    assertThatThrownBy(() -> GraphVerifier.verify(graph, GraphLimits.DEFAULT))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining(message);
  }

  private static void assertTooLarge(GraphLimits limits, String message) {
    assertThatThrownBy(() -> GraphVerifier.verify(Graphs.residual(), limits))
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessageContaining(message);
  }
}
