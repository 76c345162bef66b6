package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import org.junit.jupiter.api.Test;

class FbNetTest {
  private final Graph graph = FbNet.A.model().graph();

  @Test
  void skippedPlaceHasNoLayer() {
    assertThat(graph.nodes())
        .extracting(Node::name)
        .noneMatch(name -> name.startsWith("s0b0/") || name.startsWith("s1b2/"));
  }

  @Test
  void blockInTwoGroupsShufflesBetweenItsConvolutions() {
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsSubsequence(
            "s3b2/expand",
            "s3b2/shuffle/group",
            "s3b2/shuffle/deal",
            "s3b2/shuffle/ungroup",
            "s3b2/dw5x5",
            "s3b2/project",
            "s3b2/add");
    assertThat(weights("s3b2/expand")).isEqualTo(Shape.of(64, 1, 1, 32));
    assertThat(weights("s3b2/project")).isEqualTo(Shape.of(64, 1, 1, 32));
  }

  @Test
  void frameHasSevenStages() {
    assertThatThrownBy(() -> new FbNet("short", "k3e1 / k3e6", 1984))
        .hasMessage("has blocks for 2 stages, must be 7");
  }

  @Test
  void unknownBlockIsNamed() {
    String blocks = FbNet.A.blocks().replace("k3e3 k3e1", "k3e3 pool");
    assertThatThrownBy(() -> new FbNet("odd", blocks, 1984).model().graph())
        .hasMessage("block is \"pool\", must be like k5e6 or k5e1g2");
  }

  private Shape weights(String name) {
    return graph.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> graph.input(node, 1).shape())
        .findFirst()
        .orElseThrow();
  }
}
