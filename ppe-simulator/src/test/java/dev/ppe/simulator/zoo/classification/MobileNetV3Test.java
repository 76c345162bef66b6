package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /**
   * timm's mobilenetv3_large_075 and mobilenetv3_small_075: trainable parameters, of which the
   * graph has all but one for each normalised channel.
   */
  @ParameterizedTest
  @CsvSource({"mobilenet_v3_large_0.75, 155e6, 3.99e6", "mobilenet_v3_small_0.75, 43.5e6, 2.04e6"})
  void widthMultipliesAllChannelsButThoseBehindThePooling(
      String name, double macs, double parameters) {
    ZooModel model = Zoo.find(name).orElseThrow();
    Graph graph = model.graph(model.defaults().withClasses(1000));
    assertThat((double) Workload.macs(graph)).isCloseTo(macs, withinPercentage(1));
    assertThat((double) Workload.parameters(graph)).isCloseTo(parameters, withinPercentage(0.6));
  }

  private Shape weights(String name) {
    return large.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> large.input(node, 1).shape())
        .findFirst()
        .orElseThrow();
  }
}
