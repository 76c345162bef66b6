package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class MobileNetEdgeTpuV2Test {
  private final Graph graph = MobileNetEdgeTpuV2.S.model().graph();

  @Test
  void stemTakes5x5x3PixelsToEachOf112x112x64Outputs() {
    assertThat(Workload.macs(graph, node("stem/conv5x5"))).isEqualTo(112L * 112 * 64 * 5 * 5 * 3);
  }

  @Test
  void fusedBlockExpandsEightfoldInAFullConvolution() {
    Node conv = node("g1b0/conv3x3");
    assertThat(Workload.macs(graph, conv)).isEqualTo(56L * 56 * (8 * 24) * 9 * 24);
    assertThat(Workload.parameters(graph, conv)).isEqualTo(192 * (9 * 24 + 1));
  }

  @Test
  void groupConvolutionHasGroupsOf64ExpandedChannels() {
    Node conv = node("g1b1/gc3x3");
    // 4 x 48 expanded channels are 3 groups, each of 16 input channels.
    assertThat(graph.input(conv, 1).shape()).isEqualTo(Shape.of(192, 3, 3, 16));
    assertThat(Workload.macs(graph, conv)).isEqualTo(56L * 56 * 192 * 9 * 16);
  }

  @Test
  void depthwiseBlockExpandsWithA1x1Convolution() {
    assertThat(Workload.macs(graph, node("g4b0/expand"))).isEqualTo(14L * 14 * 128 * (8 * 128));
    assertThat(Workload.macs(graph, node("g4b0/dw3x3"))).isEqualTo(14L * 14 * (8 * 128) * 9);
    assertThat(Workload.macs(graph, node("g4b0/project"))).isEqualTo(14L * 14 * (8 * 128) * 160);
  }

  @Test
  void firstBlockOfAGroupIsNotResidual() {
    assertThat(graph.nodes())
        .extracting(Node::name)
        .filteredOn(name -> name.endsWith("/add"))
        .hasSize(1 + 3 + 3 + 3 + 3)
        .noneMatch(name -> name.endsWith("b0/add"));
  }

  @Test
  void outputIsAProbabilityForEachClass() {
    assertThat(graph.nodes())
        .extracting(Node::name)
        .endsWith("head/pool", "logits/conv1x1", "logits/softmax", "logits/squeeze");
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, 1001));
  }

  @Test
  void groupsThatDoNotDivideNameTheLayer() {
    MobileNetEdgeTpuV2 s = MobileNetEdgeTpuV2.S;
    MobileNetEdgeTpuV2 odd =
        new MobileNetEdgeTpuV2("odd", 5, 64, s.channels(), 100, 1280, s.plan());
    assertThatThrownBy(() -> odd.model().graph())
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "layer \"g1b1/gc3x3\": 192 expanded channels do not make two or more groups of 100");
  }

  @Test
  void planHasSevenGroups() {
    assertThatThrownBy(
            () ->
                new MobileNetEdgeTpuV2(
                    "short", 5, 64, List.of(24), 64, 1280, MobileNetEdgeTpuV2.S.plan()))
        .hasMessage("has channels for 1 groups and a plan for 7, must be 7");
  }

  private Node node(String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
