package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks against the layer tables and published figures, where those are to be had. */
class LayerTableTest {

  static Stream<Arguments> networks() {
    return Stream.concat(
        Stream.of(
            Arguments.of("mobilenet_v2_1_224", new MobileNetV2(1.0, 224).graph(Arithmetic.INT8)),
            Arguments.of("mobilenet_v2_0p5_224", new MobileNetV2(0.5, 224).graph(Arithmetic.INT8)),
            Arguments.of(
                "mobilenet_v2_0p75_224", new MobileNetV2(0.75, 224).graph(Arithmetic.INT8)),
            Arguments.of("mobilenet_v2_1p4_224", new MobileNetV2(1.4, 224).graph(Arithmetic.INT8))),
        MobileNetEdgeTpuV2.VARIANTS.stream()
            .map(network -> Arguments.of(network.name(), network.graph(Arithmetic.INT8))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void networkEqualsItsTableLayerByLayer(String table, Graph graph) {
    assertThat(Layer.of(graph)).containsExactlyElementsOf(LayerTable.read(table));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mobilenet_v2, mobilenet_v2_1.0",
    "mobilenet_edgetpu_v2_tiny, mobilenet_edgetpu_v2_tiny",
    "mobilenet_edgetpu_v2_s, mobilenet_edgetpu_v2_s",
    "mobilenet_edgetpu_v2_m, mobilenet_edgetpu_v2_m",
    "mobilenet_edgetpu_v2_l, mobilenet_edgetpu_v2_l",
  })
  void totalsAreThePublishedOnes(String name, String line) {
    assertTotals(Zoo.find(name).orElseThrow().graph(), LayerTable.published(line));
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
    assertTotals(smallStem.graph(Arithmetic.INT8), LayerTable.published(xs.name()));
  }

  /** Biases stand for the two figures a channel of batch normalisation: less than 1 % apart. */
  private static void assertTotals(Graph graph, String[] published) {
    long parameters = Math.round(1e6 * Double.parseDouble(published[7]));
    long macs = Math.round(1e6 * Double.parseDouble(published[8]));
    assertThat(Workload.parameters(graph)).isCloseTo(parameters, withinPercentage(1));
    assertThat(Workload.macs(graph)).isCloseTo(macs, withinPercentage(1));
  }
}
