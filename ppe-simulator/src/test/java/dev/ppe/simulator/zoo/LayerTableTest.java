package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks against the layer tables and published figures, where those are to be had. */
class LayerTableTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "efficientnet_b0, efficientnet_b0",
    "efficientnet_b1, efficientnet_b1",
    "efficientnet_b2, efficientnet_b2",
    "efficientnet_b3, efficientnet_b3",
    "efficientnet_edgetpu_l, efficientnet_edgetpu_l",
    "efficientnet_edgetpu_m, efficientnet_edgetpu_m",
    "efficientnet_edgetpu_s, efficientnet_edgetpu_s",
    "efficientnet_lite0, efficientnet_lite0",
    "efficientnet_lite1, efficientnet_lite1",
    "efficientnet_lite2, efficientnet_lite2",
    "efficientnet_lite3, efficientnet_lite3",
    "efficientnet_lite4, efficientnet_lite4",
    "fbnet_a, fbnet_a",
    "fbnet_b, fbnet_b",
    "fbnet_c, fbnet_c",
    "mnasnet_a1, mnasnet_a1",
    "mnasnet_b1, mnasnet_b1",
    "mobilenet_edgetpu_0.75, mobilenet_edgetpu_v1_dm0p75",
    "mobilenet_edgetpu, mobilenet_edgetpu_v1_dm1",
    "mobilenet_edgetpu_1.25, mobilenet_edgetpu_v1_dm1p25",
    "mobilenet_edgetpu_1.5, mobilenet_edgetpu_v1_dm1p5",
    "mobilenet_edgetpu_1.75, mobilenet_edgetpu_v1_dm1p75",
    "mobilenet_edgetpu_v2_l, mobilenet_edgetpu_v2_l",
    "mobilenet_edgetpu_v2_m, mobilenet_edgetpu_v2_m",
    "mobilenet_edgetpu_v2_s, mobilenet_edgetpu_v2_s",
    "mobilenet_edgetpu_v2_tiny, mobilenet_edgetpu_v2_tiny",
    "mobilenet_edgetpu_v2_xs, mobilenet_edgetpu_v2_xs",
    "mobilenet_v1_0.25, mobilenet_v1_0p25_224",
    "mobilenet_v1_0.5, mobilenet_v1_0p5_224",
    "mobilenet_v1_0.75, mobilenet_v1_0p75_224",
    "mobilenet_v1, mobilenet_v1_1_224",
    "mobilenet_v2_0.5, mobilenet_v2_0p5_224",
    "mobilenet_v2_0.75, mobilenet_v2_0p75_224",
    "mobilenet_v2, mobilenet_v2_1_224",
    "mobilenet_v2_1.4, mobilenet_v2_1p4_224",
    "mobilenet_v3_large, mobilenet_v3_large",
    "mobilenet_v3_large_minimalistic, mobilenet_v3_large_minimalistic",
    "mobilenet_v3_small, mobilenet_v3_small",
    "mobilenet_v3_small_minimalistic, mobilenet_v3_small_minimalistic",
  })
  void networkEqualsItsTableLayerByLayer(String name, String table) {
    Graph graph = Zoo.find(name).orElseThrow().graph();
    assertThat(GraphLayers.of(graph)).containsExactlyElementsOf(LayerTable.read(table));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "mobilenet_v1_1.0",
        "mobilenet_v2_1.0",
        "mobilenet_v3_large",
        "mobilenet_v3_large_minimalistic",
        "mnasnet_a1",
        "fbnet_a",
        "fbnet_c",
        "efficientnet_edgetpu_s",
        "efficientnet_edgetpu_m",
        "efficientnet_edgetpu_l",
        "efficientnet_lite0",
        "efficientnet_lite1",
        "efficientnet_lite2",
        "efficientnet_lite3",
        "efficientnet_lite4",
        "mobilenet_edgetpu_v1_dm0p75_top1280",
        "mobilenet_edgetpu_v1_dm1",
        "mobilenet_edgetpu_v1_dm1p25",
        "mobilenet_edgetpu_v1_dm1p5",
        "mobilenet_edgetpu_v1_dm1p75",
        "mobilenet_edgetpu_v2_tiny",
        "mobilenet_edgetpu_v2_s",
        "mobilenet_edgetpu_v2_m",
        "mobilenet_edgetpu_v2_l",
      })
  void totalsAreThePublishedOnes(String name) {
    assertTotals(Zoo.find(name).orElseThrow(), name);
  }

  /** The published line is of timm's network, whose first convolution is smaller. */
  @Test
  void totalsWithAStemOf3x3AreThePublishedOnes() {
    MobileNetEdgeTpuV2 xs = MobileNetEdgeTpuV2.XS;
    MobileNetEdgeTpuV2 smallStem =
        new MobileNetEdgeTpuV2(
            xs.variant(),
            3,
            xs.stemChannels(),
            xs.channels(),
            xs.groupSize(),
            xs.topChannels(),
            xs.plan());
    assertTotals(smallStem.model(), "mobilenet_edgetpu_v2_xs");
  }

  private static void assertTotals(ZooModel model, String line) {
    LayerTable.Check check = LayerTable.check(line);
    ModelOptions options = model.defaults();
    Graph graph =
        model.graph(
            check.classes().isPresent()
                ? options.withClasses(check.classes().getAsInt())
                : options);
    assertThat((double) Workload.macs(graph))
        .isCloseTo(1e6 * check.macsInMillions(), withinPercentage(1));
    assertThat((double) GraphLayers.of(graph).stream().mapToLong(Layer::trainable).sum())
        .isCloseTo(1e6 * check.parametersInMillions(), withinPercentage(0.5));
  }
}
