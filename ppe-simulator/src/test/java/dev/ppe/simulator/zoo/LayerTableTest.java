package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Graph;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Networks against the published layer tables, where those are to be had. */
class LayerTableTest {
  /** A network of the zoo and the table that has it. */
  record Tabled(String network, String table) {
    @Override
    public String toString() {
      return network;
    }
  }

  static final List<Tabled> CLASSIFIERS =
      pairs(
          """
          efficientnet_b0                 efficientnet_b0
          efficientnet_b1                 efficientnet_b1
          efficientnet_b2                 efficientnet_b2
          efficientnet_b3                 efficientnet_b3
          efficientnet_edgetpu_l          efficientnet_edgetpu_l
          efficientnet_edgetpu_m          efficientnet_edgetpu_m
          efficientnet_edgetpu_s          efficientnet_edgetpu_s
          efficientnet_lite0              efficientnet_lite0
          efficientnet_lite1              efficientnet_lite1
          efficientnet_lite2              efficientnet_lite2
          efficientnet_lite3              efficientnet_lite3
          efficientnet_lite4              efficientnet_lite4
          fbnet_a                         fbnet_a
          fbnet_b                         fbnet_b
          fbnet_c                         fbnet_c
          mnasnet_a1                      mnasnet_a1
          mnasnet_b1                      mnasnet_b1
          mobilenet_edgetpu_0.75          mobilenet_edgetpu_v1_dm0p75
          mobilenet_edgetpu               mobilenet_edgetpu_v1_dm1
          mobilenet_edgetpu_1.25          mobilenet_edgetpu_v1_dm1p25
          mobilenet_edgetpu_1.5           mobilenet_edgetpu_v1_dm1p5
          mobilenet_edgetpu_1.75          mobilenet_edgetpu_v1_dm1p75
          mobilenet_edgetpu_v2_l          mobilenet_edgetpu_v2_l
          mobilenet_edgetpu_v2_m          mobilenet_edgetpu_v2_m
          mobilenet_edgetpu_v2_s          mobilenet_edgetpu_v2_s
          mobilenet_edgetpu_v2_tiny       mobilenet_edgetpu_v2_tiny
          mobilenet_edgetpu_v2_xs         mobilenet_edgetpu_v2_xs
          mobilenet_v1_0.25               mobilenet_v1_0p25_224
          mobilenet_v1_0.5                mobilenet_v1_0p5_224
          mobilenet_v1_0.75               mobilenet_v1_0p75_224
          mobilenet_v1                    mobilenet_v1_1_224
          mobilenet_v2_0.5                mobilenet_v2_0p5_224
          mobilenet_v2_0.75               mobilenet_v2_0p75_224
          mobilenet_v2                    mobilenet_v2_1_224
          mobilenet_v2_1.4                mobilenet_v2_1p4_224
          mobilenet_v3_large              mobilenet_v3_large
          mobilenet_v3_large_minimalistic mobilenet_v3_large_minimalistic
          mobilenet_v3_small              mobilenet_v3_small
          mobilenet_v3_small_minimalistic mobilenet_v3_small_minimalistic
          resnet50                        resnet50_v1
          resnet50_v1.5                   resnet50_v1p5
          """);

  static final List<Tabled> WITH_HEADS =
      pairs(
          """
          ssd_mobilenet_v1                    ssd_mobilenet_v1_300
          ssdlite_mobilenet_v1                ssdlite_mobilenet_v1_320
          ssd_mobilenet_v2                    ssd_mobilenet_v2_300
          ssdlite_mobilenet_v2                ssdlite_mobilenet_v2_320
          ssdlite_mobiledet_cpu               ssdlite_mobiledet_cpu
          ssdlite_mobiledet_dsp               ssdlite_mobiledet_dsp
          ssdlite_mobiledet_edgetpu           ssdlite_mobiledet_edgetpu
          spaghettinet_edgetpu_s              spaghettinet_edgetpu_s
          spaghettinet_edgetpu_m              spaghettinet_edgetpu_m
          spaghettinet_edgetpu_l              spaghettinet_edgetpu_l
          deeplabv3_mobilenet_v2              deeplabv3_mobilenet_v2_os16_513
          deeplabv3plus_mobilenet_edgetpuv2_xs deeplabv3plus_mobilenet_edgetpuv2_xs_ade20k_32
          deeplabv3plus_mobilenet_edgetpuv2_s deeplabv3plus_mobilenet_edgetpuv2_s_ade20k_32
          deeplabv3plus_mobilenet_edgetpuv2_m deeplabv3plus_mobilenet_edgetpuv2_m_ade20k_32
          autoseg_edgetpu_xs                  autoseg_edgetpu_xs
          autoseg_edgetpu_s                   autoseg_edgetpu_s
          autoseg_edgetpu_m                   autoseg_edgetpu_m
          """);

  private static List<Tabled> pairs(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" +", -1))
        .map(words -> new Tabled(words[0], words[1]))
        .toList();
  }

  @ParameterizedTest
  @FieldSource("CLASSIFIERS")
  void classifierEqualsItsTableLayerByLayer(Tabled tabled) {
    assertThat(GraphLayers.of(graph(tabled)))
        .containsExactlyElementsOf(LayerTable.read(tabled.table()));
  }

  /** The tables end before the predictions of all maps are joined. */
  @ParameterizedTest
  @FieldSource("WITH_HEADS")
  void networkWithAHeadEqualsItsTableLayerByLayer(Tabled tabled) {
    assertThat(GraphLayers.of(graph(tabled)))
        .filteredOn(layer -> !layer.block().equals("detections"))
        .extracting(Layer::anonymous)
        .containsExactlyElementsOf(
            LayerTable.read(tabled.table()).stream().map(Layer::anonymous).toList());
  }

  @Test
  void noTableIsForgotten() {
    assertThat(Stream.of(CLASSIFIERS, WITH_HEADS).flatMap(List::stream).map(Tabled::table))
        .containsExactlyInAnyOrderElementsOf(LayerTable.names());
  }

  private static Graph graph(Tabled tabled) {
    return Zoo.find(tabled.network()).orElseThrow().graph();
  }
}
