package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MobileNetV3Test {
  static final List<MobileNetV3> NETWORKS = List.of(MobileNetV3.SMALL, MobileNetV3.LARGE);

  private final Graph large = MobileNetV3.LARGE.model().graph();

  /** 72 / 4 = 18 would lose a tenth at 16. */
  @Test
  void gateHasAQuarterOfTheExpandedChannelsInStepsOfEight() {
    assertThat(weights("s3b0/reduce")).isEqualTo(Shape.of(24, 1, 1, 72));
    assertThat(weights("s8b2/reduce")).isEqualTo(Shape.of(240, 1, 1, 960));
  }

  @Test
  void layerBetweenPoolingAndClassifierIsNoLongerAMap() {
    assertThat(weights("pre-logits/conv1x1")).isEqualTo(Shape.of(1280, 1, 1, 960));
  }

  @ParameterizedTest
  @FieldSource("NETWORKS")
  void minimalisticHasNothingThatV3Added(MobileNetV3 network) {
    assertThat(network.minimalistic().model().graph().nodes())
        .allSatisfy(
            node ->
                assertThat(node.operator().kind())
                    .isIn(
                        "conv", "depthwise-conv", "add", "global-average-pool", "fully-connected"))
        .extracting(Node::name)
        .noneMatch(name -> name.endsWith("dw5x5"));
  }

  private Shape weights(String name) {
    return large.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> large.input(node, 1).shape())
        .findFirst()
        .orElseThrow();
  }
}
