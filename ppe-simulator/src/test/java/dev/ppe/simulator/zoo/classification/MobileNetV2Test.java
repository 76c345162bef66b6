package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.ZooModel;
import org.junit.jupiter.api.Test;

class MobileNetV2Test {
  private final Graph graph = MobileNetV2.DEFAULT.model().graph();

  @Test
  void stemTakes3x3x3PixelsToEachOf112x112x32Outputs() {
    assertThat(Workload.macs(graph, node("stem/conv3x3"))).isEqualTo(112L * 112 * 32 * 3 * 3 * 3);
  }

  @Test
  void firstBlockOfASizeHalvesTheMapInItsDepthwiseConvolution() {
    Node depthwise = node("s1b0/dw3x3");
    assertThat(graph.output(depthwise, 0).shape()).isEqualTo(Shape.of(1, 56, 56, 6 * 16));
    assertThat(Workload.macs(graph, depthwise)).isEqualTo(56L * 56 * 96 * 9);
  }

  @Test
  void blocksThatKeepTheirShapeAreResidual() {
    assertThat(graph.nodes())
        .extracting(Node::name)
        .filteredOn(name -> name.endsWith("/add"))
        .containsExactly(
            "s1b1/add",
            "s2b1/add",
            "s2b2/add",
            "s3b1/add",
            "s3b2/add",
            "s3b3/add",
            "s4b1/add",
            "s4b2/add",
            "s5b1/add",
            "s5b2/add");
  }

  @Test
  void classifierHas1280WeightsAndABiasForEachOf1001Classes() {
    assertThat(Workload.parameters(graph, node("logits/fully-connected")))
        .isEqualTo(1001 * (1280 + 1));
  }

  @Test
  void outputIsTheLogits() {
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, 1001));
  }

  @Test
  void halfTheResolutionIsAQuarterOfTheConvolutions() {
    long classifier = 1280 * 1001;
    // Both halve evenly five times: no map is rounded up.
    ZooModel model = MobileNetV2.DEFAULT.model();
    Graph small = model.graph(model.defaults().withResolution(64));
    Graph large = model.graph(model.defaults().withResolution(128));
    assertThat(Workload.macs(large) - classifier)
        .isEqualTo(4 * (Workload.macs(small) - classifier));
  }

  @Test
  void headIsNotNarrowedWithTheRest() {
    Graph narrow = new MobileNetV2(0.5).model().graph();
    assertThat(narrow.nodes())
        .filteredOn(node -> node.name().equals("head/conv1x1"))
        .extracting(node -> narrow.output(node, 0).shape())
        .containsExactly(Shape.of(1, 7, 7, 1280));
  }

  @Test
  void widthMustBePositive() {
    assertThatThrownBy(() -> new MobileNetV2(0)).hasMessageContaining("width is 0.0");
    assertThatThrownBy(() -> new MobileNetV2(Double.NaN)).hasMessageContaining("width is NaN");
  }

  private Node node(String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
