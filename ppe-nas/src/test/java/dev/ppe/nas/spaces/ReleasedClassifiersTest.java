package dev.ppe.nas.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2.Kind;
import dev.ppe.simulator.zoo.language.MobileBert;
import dev.ppe.simulator.zoo.nasbench.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The released classifiers, cells and text encoders are points of their spaces. */
class ReleasedClassifiersTest {
  @ParameterizedTest
  @ValueSource(strings = {"Tiny", "XS", "S", "M", "L"})
  void mobileNetEdgeTpuV2(String variant) {
    MobileNetEdgeTpuV2 released =
        MobileNetEdgeTpuV2.VARIANTS.stream()
            .filter(network -> network.variant().equals(variant))
            .findFirst()
            .orElseThrow();
    Map<String, String> point = new LinkedHashMap<>();
    point.put("stem_kernel", "" + released.stemKernel());
    point.put("stem_channels", "" + released.stemChannels());
    point.put("top_channels", "" + released.topChannels());
    for (int g = 0; g < released.plan().size(); g++) {
      point.put("g%d.channels".formatted(g), "" + released.channels().get(g));
      for (int b = 0; g > 0 && b < released.plan().get(g).size(); b++) {
        String block = b == 0 ? "g%d.b0.".formatted(g) : "g%d.r%d.".formatted(g, b - 1);
        Kind kind = released.plan().get(g).get(b);
        point.put(
            block + "kind", kind == Kind.GROUP_CONV ? "gc" : kind.name().toLowerCase(Locale.ROOT));
        point.put(block + "kernel", "3");
        point.put(block + "expansion", b == 0 ? "8" : "4");
        if (kind == Kind.GROUP_CONV) {
          point.put(block + "group_size", "" + released.groupSize());
        }
      }
    }
    Released.assertIsZooModel(
        Released.space("mobilenet-edgetpu-v2"),
        point,
        "mobilenet_edgetpu_v2_" + variant.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 123, 1462, 15_624})
  void nasBench201(int index) {
    Map<String, String> point = new LinkedHashMap<>();
    List<String> edges = List.of("edge01", "edge02", "edge12", "edge03", "edge13", "edge23");
    for (int e = 0; e < edges.size(); e++) {
      point.put(edges.get(e), Cell.of(index).operations().get(e).word());
    }
    Released.assertIsZooModel(Released.space("nasbench201"), point, "nasbench201/" + index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fbnet_a | 1504 | skip / k3_e3 k3_e1 skip skip / k5_e6 k3_e3 k5_e1 k3_e3"
            + " / k5_e6 k5_e3 k5_e1_g2 k5_e6 / k3_e6 k5_e1_g2 k5_e3 k3_e1_g2"
            + " / k5_e6 k5_e6 k5_e3 k5_e6 / k5_e6",
        "fbnet_b | 1984 | k3_e1 / k3_e6 k5_e1 k3_e1 k3_e1 / k5_e6 k5_e3 k3_e6 k5_e6"
            + " / k5_e6 k5_e6 skip k5_e3 / k5_e6 k3_e1 k5_e1 k5_e3"
            + " / k5_e6 k5_e1 k5_e6 k5_e6 / k3_e6",
        "fbnet_c | 1984 | k3_e1 / k3_e6 skip k3_e1 k3_e1 / k5_e6 k5_e3 k5_e6 k3_e6"
            + " / k5_e6 k5_e3 k5_e6 k5_e6 / k5_e6 k5_e6 k5_e6 k5_e3"
            + " / k5_e6 k5_e6 k5_e6 k5_e6 / k3_e6"
      })
  void fbNet(String name, String head, String blocks) {
    Map<String, String> point = new LinkedHashMap<>(Map.of("head_channels", head));
    List<String> stages = List.of(blocks.split(" / "));
    for (int s = 0; s < stages.size(); s++) {
      List<String> ops = List.of(stages.get(s).split(" "));
      for (int b = 0; b < ops.size(); b++) {
        point.put("s%d.b%d.op".formatted(s, b), ops.get(b));
      }
    }
    Released.assertIsZooModel(Released.space("fbnet"), point, name);
  }

  @Test
  void mobileBert() {
    ModelSpace space = Released.space("mobilebert-edgetpu");
    for (MobileBert released : MobileBert.VARIANTS) {
      Released.assertIsZooModel(
          space,
          Map.of(
              "blocks", "" + released.blocks(),
              "bottleneck", "" + released.bottleneck(),
              "intermediate", "" + released.intermediate(),
              "feed_forwards", "" + released.feedForwards()),
          released.name());
    }
  }

  /**
   * Genotypes of TuNAS's archive: the layers of a stage behind one another, in the order k3e3,
   * k5e3, k7e3, k3e6, k5e6, k7e6, left out.
   */
  private static Map<String, String> genotype(String filters, String layers) {
    List<String> ops = List.of("k3e3", "k5e3", "k7e3", "k3e6", "k5e6", "k7e6", "zero");
    Map<String, String> point = new LinkedHashMap<>(Map.of("s0.kernel", "3"));
    List<String> stages = List.of(layers.split("\\|"));
    for (int s = 1; s < stages.size(); s++) {
      List<String> chosen = List.of(stages.get(s).split(","));
      for (int b = 0; b < chosen.size(); b++) {
        String block = s == 6 ? "" : b == 0 ? "b0." : "r%d.".formatted(b - 1);
        point.put("s%d.%sop".formatted(s, block), ops.get(Integer.parseInt(chosen.get(b))));
      }
    }
    List<String> places = List.of("stem", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "head");
    List<Integer> bases = List.of(16, 16, 16, 32, 64, 128, 256, 512, 1024);
    List<String> channels = filters.isEmpty() ? List.of() : List.of(filters.split(","));
    for (int i = 0; i < channels.size(); i++) {
      double width = Double.parseDouble(channels.get(i)) / bases.get(i);
      String label = width == (int) width ? "" + (int) width : "" + width;
      point.put(places.get(i) + ".width", label);
    }
    return point;
  }

  private static final String MNASNET_B1 = "0|0,0,0,6|1,1,1,6|4,4,4,6|3,3,6,6|4,4,4,4|3";
  private static final String MOBILENET_V2 = "0|3,3,6,6|3,3,3,6|3,3,3,3|3,3,3,6|3,3,3,6|3";
  private static final String PROXYLESS_MOBILE = "0|1,0,6,6|2,0,1,1|5,1,1,1|4,1,1,1|5,5,2,2|5";

  @Test
  void mnasNetB1IsInTheEnlargedSpaceOfProxylessNas() {
    Released.assertIsZooModel(
        Released.space("proxylessnas-enlarged"),
        genotype("32,16,24,40,80,96,192,320,1280", MNASNET_B1),
        "mnasnet_b1");
  }

  /** With ReLU for ReLU6, and ImageNet's 1,000 classes: what the space has. */
  @Test
  void mobileNetV2IsInTheEnlargedSpaceOfProxylessNas() {
    ModelSpace space = Released.space("proxylessnas-enlarged");
    Point point = space.space().point(genotype("32,16,24,32,64,96,160,320,1280", MOBILENET_V2));
    var zoo = Zoo.find("mobilenet_v2").orElseThrow();
    List<String> released =
        Released.layers(zoo.graph(zoo.defaults().withClasses(1000))).stream()
            .map(layer -> layer.replace("RELU6", "RELU"))
            .toList();
    assertThat(Released.layers(space.graph(point))).isEqualTo(released);
  }

  @Test
  void proxylessNasMobileIsTheSameInBothOfItsSpaces() {
    ModelSpace small = Released.space("proxylessnas");
    ModelSpace enlarged = Released.space("proxylessnas-enlarged");
    Graph graph = small.graph(small.space().point(genotype("", PROXYLESS_MOBILE)));
    Released.assertSame(
        graph,
        enlarged.graph(
            enlarged.space().point(genotype("32,16,32,40,80,96,192,320,1280", PROXYLESS_MOBILE))));
  }
}
