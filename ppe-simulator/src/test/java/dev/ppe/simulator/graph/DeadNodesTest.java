package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.Unary;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadNodesTest {
  private static final Tensor ROW = Tensor.activation("row", Shape.of(1, 8), DataType.INT8);

  private static Node relu(String name, int input, int output) {
    return new Node(name, new Unary(UnaryFunction.RELU), List.of(input), List.of(output));
  }

  @Test
  void aNodeThatNoOutputNeedsIsDropped() {
    List<Node> nodes = List.of(relu("dead", 0, 2), relu("live", 0, 1), relu("deadToo", 2, 3));
    Graph graph = new Graph("net", List.of(ROW, ROW, ROW, ROW), nodes, List.of(0), List.of(1));

    assertThat(DeadNodes.drop(graph).nodes()).containsExactly(nodes.get(1));
    assertThat(CanonicalGraph.of(DeadNodes.drop(graph)).hash())
        .isEqualTo(CanonicalGraph.of(graph).hash());
  }

  @Test
  void aGraphWithoutDeadNodesIsReturnedItself() {
    Graph graph =
        new Graph("net", List.of(ROW, ROW), List.of(relu("live", 0, 1)), List.of(0), List.of(1));

    assertThat(DeadNodes.drop(graph)).isSameAs(graph);
  }
}
