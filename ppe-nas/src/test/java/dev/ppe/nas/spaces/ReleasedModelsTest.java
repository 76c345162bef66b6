package dev.ppe.nas.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2.Kind;
import dev.ppe.simulator.zoo.language.MobileBert;
import dev.ppe.simulator.zoo.nasbench.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The released networks of each family are points of its space: graphs with equal hashes. */
class ReleasedModelsTest {
  private static ModelSpace space(String name) {
    return Spaces.find(name).orElseThrow();
  }

  private static void assertIsZooModel(
      ModelSpace space, Map<String, String> assignment, String zooModel) {
    Point point = space.space().point(assignment);
    assertSame(space.graph(point), Zoo.find(zooModel).orElseThrow().graph());
  }

  private static void assertSame(Graph graph, Graph released) {
    // The lists of layers first, for what they tell where a hash tells nothing.
    assertThat(layers(graph)).isEqualTo(layers(released));
    assertThat(CanonicalGraph.of(graph).hash()).isEqualTo(CanonicalGraph.of(released).hash());
  }

  private static List<String> layers(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.operator() + " " + graph.output(node, 0).shape())
        .toList();
  }

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
    assertIsZooModel(
        space("mobilenet-edgetpu-v2"),
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
    assertIsZooModel(space("nasbench201"), point, "nasbench201/" + index);
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
    assertIsZooModel(space("fbnet"), point, name);
  }

  @Test
  void mobileBert() {
    ModelSpace space = space("mobilebert-edgetpu");
    for (MobileBert released : MobileBert.VARIANTS) {
      assertIsZooModel(
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
    assertIsZooModel(
        space("proxylessnas-enlarged"),
        genotype("32,16,24,40,80,96,192,320,1280", MNASNET_B1),
        "mnasnet_b1");
  }

  /** With ReLU for ReLU6, and ImageNet's 1,000 classes: what the space has. */
  @Test
  void mobileNetV2IsInTheEnlargedSpaceOfProxylessNas() {
    ModelSpace space = space("proxylessnas-enlarged");
    Point point = space.space().point(genotype("32,16,24,32,64,96,160,320,1280", MOBILENET_V2));
    var zoo = Zoo.find("mobilenet_v2").orElseThrow();
    List<String> released =
        layers(zoo.graph(zoo.defaults().withClasses(1000))).stream()
            .map(layer -> layer.replace("RELU6", "RELU"))
            .toList();
    assertThat(layers(space.graph(point))).isEqualTo(released);
  }

  @Test
  void proxylessNasMobileIsTheSameInBothOfItsSpaces() {
    ModelSpace small = space("proxylessnas");
    ModelSpace enlarged = space("proxylessnas-enlarged");
    Graph graph = small.graph(small.space().point(genotype("", PROXYLESS_MOBILE)));
    assertSame(
        graph,
        enlarged.graph(
            enlarged.space().point(genotype("32,16,32,40,80,96,192,320,1280", PROXYLESS_MOBILE))));
  }

  private static final List<String> SPAGHETTI_NODES =
      List.of("n0", "n1", "n2", "n3", "n4", "n5", "c0n0", "c0n1", "c0n2", "c0n3", "c0n4", "c0n5");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s | 48 G3, 64 G4 G4 G4, 72 I8 G8 I8 I4, 88 I8 I8 I4 I4, 88 I8 S5 S5 S5, 88 S5 S3,"
            + " 144 I4 I4 I4 I4, 120 I8 I4 I4 I4, 168 I4, 136 I4 S3, 136 I4, 64 S3 S3",
        "m | 48 G3, 64 G8 G4 G4 G4, 72 I8 G8 I8 I8, 96 I8 I8 I8 I4, 104 I8 I4 S5 I4, 56 S5 S3,"
            + " 152 I8 I4 I4 I4, 120 I8 I4 I4 I4, 168 I4 S3, 136 S3 S3 S3, 136 I4 S5, 64 S3 S3",
        "l | 48 G3, 64 G8 G8 G8 G4, 80 I8 I8 I8 I4, 104 I8 I8 I8 I8, 88 I8 J4 I4 I8, 56 J4 S5,"
            + " 160 I8 I4 I4 I4, 120 I8 I4 I4 I8, 168 I4 I4 I4 I4, 112 I8 I4 S3, 128 I4 I4, 64 S5 S5"
      })
  void spaghettiNet(String variant, String nodes) {
    Map<String, String> words =
        Map.of(
            "G3", "gc_e8_g3",
            "G4", "gc_e4_g4",
            "G8", "gc_e8_g4",
            "I4", "ibn_k3_e4",
            "I8", "ibn_k3_e8",
            "J4", "ibn_k5_e4",
            "S3", "sep_k3",
            "S5", "sep_k5");
    Map<String, String> point = new LinkedHashMap<>();
    List<String> figures = List.of(nodes.split(", "));
    for (int n = 0; n < figures.size(); n++) {
      List<String> parts = List.of(figures.get(n).split(" "));
      String node = SPAGHETTI_NODES.get(n);
      point.put(node + ".channels", parts.getFirst());
      point.put(node + ".layers", "" + (parts.size() - 1));
      for (int l = 1; l < parts.size(); l++) {
        point.put("%s.layer%d".formatted(node, l - 1), words.getOrDefault(parts.get(l), "?"));
      }
    }
    assertIsZooModel(space("spaghettinet-edgetpu"), point, "spaghettinet_edgetpu_" + variant);
  }

  /** Blocks as kind, kernel, expansion and multiplier: D dense-free depthwise, F fused, P split. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xs | projection 0.75 | F 3 6 1, D 3 3 1 / F 3 3 1.5, D 3 6 1 / D 5 3 0.5, D 3 6 0.5, F 3 6 1.5"
            + " / D 3 6 1.5, D 5 6 0.75, D 5 3 0.75"
            + " / P 5 6 1.5, P 5 3 0.5, P 5 6 0.5, P 5 6 0.5 / D 5 3 1.5",
        "s | projection 0.75 | F 3 6 1.5, D 5 3 0.75 / F 5 6 1.5, D 3 3 1.5"
            + " / D 5 6 1.5, D 3 3 1.5, D 5 6 1.5 / D 3 6 1, D 5 6 1, D 5 6 1"
            + " / P 5 6 1, P 5 6 0.5, D 5 3 0.5, P 5 6 1 / P 5 3 0.5",
        "m | unexpanded 1 | F 3 6 1.5, D 3 3 1.5 / F 3 6 1.5, D 3 6 1.5"
            + " / F 5 6 1.5, D 5 6 1.5, F 3 6 1 / D 3 6 1.5, D 5 6 1.5, P 5 6 1.5"
            + " / P 3 3 1, P 5 6 1.5, P 5 6 0.5, P 5 3 1 / P 5 3 1"
      })
  void autoSeg(String variant, String first, String stages) {
    Map<String, String> kinds = Map.of("F", "fused", "D", "depthwise", "P", "split");
    Map<String, String> point = new LinkedHashMap<>();
    point.put("repeats", "4");
    point.put("min_level", "3");
    point.put("s0.kind", first.split(" ")[0]);
    point.put("s0.multiplier", first.split(" ")[1]);
    if (first.startsWith("unexpanded")) {
      point.put("s0.kernel", "5");
    }
    List<String> rows = List.of(stages.split(" / "));
    for (int s = 0; s < rows.size(); s++) {
      List<String> blocks = List.of(rows.get(s).split(", "));
      for (int b = 0; b < blocks.size(); b++) {
        List<String> figures = List.of(blocks.get(b).strip().split(" "));
        String block = "s%d.b%d.".formatted(s + 1, b);
        point.put(block + "kind", kinds.getOrDefault(figures.get(0), "?"));
        point.put(block + "kernel", figures.get(1));
        point.put(block + "expansion", figures.get(2));
        point.put(block + "multiplier", figures.get(3));
      }
    }
    assertIsZooModel(space("autoseg-edgetpu"), point, "autoseg_edgetpu_" + variant);
  }

  /** Blocks as kind and figures: I and F with kernel and expansion, T with two ratios. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edgetpu | relu6 32 | 16 tucker | 16 F38 F34 F38 F34, 40 F58 F34 F34 F34, 72 I38 I38 F34 F34,"
            + " 96 I58 I58 I38 I38, 120 I58 I38 I54 I38, 384 I58",
        "dsp | relu6 32 | 24 unexpanded | 32 F34 F34 I34 T13, 64 F38 I34 F34 F34, 120 F38 I34 I38 I38,"
            + " 144 F38 I38 I38 I38, 160 I34 I34 F34 T33, 240 I38",
        "cpu | hard_swish 16 | 8 unexpanded | 16 I34, 32 I38 I34 I34 I34, 72 I58 I38 I54 I34,"
            + " 72 I38 I38 I38 I38, 104 I58 I54 I54 I34, 144 I38"
      })
  void mobileDet(String variant, String frame, String first, String groups) {
    Map<String, String> point = new LinkedHashMap<>();
    point.put("style", frame.split(" ")[0]);
    point.put("stem_channels", frame.split(" ")[1]);
    point.put("g0.channels", first.split(" ")[0]);
    point.put("g0.kind", first.split(" ")[1]);
    if (first.endsWith("tucker")) {
      point.put("g0.input_ratio", "0.25");
      point.put("g0.output_ratio", "0.75");
    }
    List<String> rows = List.of(groups.split(", "));
    for (int g = 0; g < rows.size(); g++) {
      List<String> parts = new ArrayList<>(List.of(rows.get(g).strip().split(" ")));
      String group = "g%d.".formatted(g + 1);
      point.put(group + "channels", parts.removeFirst());
      if (g < rows.size() - 1) {
        point.put(group + "r.times", "" + (parts.size() - 1));
      }
      for (int b = 0; b < parts.size(); b++) {
        mobileDetBlock(point, group + (b == 0 ? "b0." : "r%d.".formatted(b - 1)), parts.get(b));
      }
    }
    assertIsZooModel(space("mobiledet"), point, "ssdlite_mobiledet_" + variant);
  }

  private static void mobileDetBlock(Map<String, String> point, String block, String word) {
    boolean tucker = word.startsWith("T");
    point.put(block + "kind", tucker ? "tucker" : word.startsWith("F") ? "fused" : "depthwise");
    point.put(block + "kernel", tucker ? "3" : word.substring(1, 2));
    if (tucker) {
      point.put(block + "input_ratio", word.charAt(1) == '1' ? "0.25" : "0.75");
      point.put(block + "output_ratio", "0.75");
    } else {
      point.put(block + "expansion", word.substring(2));
    }
  }
}
