package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detectors and segmentation networks against their layer tables and published figures. */
class HeadTableTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ssd_mobilenet_v1, ssd_mobilenet_v1_300",
    "ssdlite_mobilenet_v1, ssdlite_mobilenet_v1_320",
    "ssd_mobilenet_v2, ssd_mobilenet_v2_300",
    "ssdlite_mobilenet_v2, ssdlite_mobilenet_v2_320",
    "ssdlite_mobiledet_cpu, ssdlite_mobiledet_cpu",
    "ssdlite_mobiledet_dsp, ssdlite_mobiledet_dsp",
    "ssdlite_mobiledet_edgetpu, ssdlite_mobiledet_edgetpu",
    "spaghettinet_edgetpu_s, spaghettinet_edgetpu_s",
    "spaghettinet_edgetpu_m, spaghettinet_edgetpu_m",
    "spaghettinet_edgetpu_l, spaghettinet_edgetpu_l",
    "deeplabv3_mobilenet_v2, deeplabv3_mobilenet_v2_os16_513",
    "deeplabv3plus_mobilenet_edgetpuv2_xs, deeplabv3plus_mobilenet_edgetpuv2_xs_ade20k_32",
    "deeplabv3plus_mobilenet_edgetpuv2_s, deeplabv3plus_mobilenet_edgetpuv2_s_ade20k_32",
    "deeplabv3plus_mobilenet_edgetpuv2_m, deeplabv3plus_mobilenet_edgetpuv2_m_ade20k_32",
    "autoseg_edgetpu_xs, autoseg_edgetpu_xs",
    "autoseg_edgetpu_s, autoseg_edgetpu_s",
    "autoseg_edgetpu_m, autoseg_edgetpu_m",
  })
  void networkEqualsItsTableLayerByLayer(String name, String table) {
    assertThat(layers(Zoo.find(name).orElseThrow().graph()))
        .containsExactlyElementsOf(LayerTable.read(table).stream().map(Layer::anonymous).toList());
  }

  /** The tables end before the predictions of all maps are joined. */
  private static List<Layer> layers(Graph graph) {
    return GraphLayers.of(graph).stream()
        .filter(layer -> !layer.block().equals("detections"))
        .map(Layer::anonymous)
        .toList();
  }

  /** Convention: what training adjusts, a scale and an offset a channel where it is normalised. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "spaghettinet_edgetpu_s, spaghettinet_edgetpu_s",
    "spaghettinet_edgetpu_m, spaghettinet_edgetpu_m",
    "spaghettinet_edgetpu_l, spaghettinet_edgetpu_l",
    "deeplabv3_mobilenet_v2, deeplabv3_mobilenet_v2_os16",
    "deeplabv3plus_mobilenet_edgetpuv2_xs, deeplabv3plus_mobilenet_edgetpuv2_xs",
    "deeplabv3plus_mobilenet_edgetpuv2_s, deeplabv3plus_mobilenet_edgetpuv2_s",
    "deeplabv3plus_mobilenet_edgetpuv2_m, deeplabv3plus_mobilenet_edgetpuv2_m",
    "autoseg_edgetpu_xs, autoseg_edgetpu_xs",
    "autoseg_edgetpu_s, autoseg_edgetpu_s",
  })
  void trainableTotalsAreThePublishedOnes(String name, String line) {
    assertTotals(name, LayerTable.check(line), 2);
  }

  /** Convention: the averages that normalisation keeps are counted too, two more a channel. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"ssdlite_mobiledet_dsp", "ssdlite_mobiledet_edgetpu"})
  void totalsWithStatisticsAreThePublishedOnes(String name) {
    assertTotals(name, LayerTable.check(name), 4);
  }

  private static void assertTotals(String name, LayerTable.Check check, int perChannel) {
    Graph graph = Zoo.find(name).orElseThrow().graph();
    assertThat((double) Workload.macs(graph))
        .isCloseTo(1e6 * check.macsInMillions(), withinPercentage(1));
    assertThat((double) parameters(graph, perChannel))
        .isCloseTo(1e6 * check.parametersInMillions(), withinPercentage(0.5));
  }

  /** Weights, and {@code perChannel} figures for each channel's folded normalisation. */
  private static long parameters(Graph graph, int perChannel) {
    long parameters = Workload.parameters(graph);
    for (Node node : graph.nodes()) {
      boolean biased = node.hasInput(2) && graph.input(node, 2).isParameter();
      if (biased && isNormalized(node)) {
        parameters += (perChannel - 1) * graph.input(node, 2).shape().elements();
      }
    }
    return parameters;
  }

  private static boolean isNormalized(Node node) {
    return !node.name().matches("predict.*/conv1x1|.*logits.*|classes/.*");
  }
}
