package dev.ppe.simulator.zoo.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ClassificationTest {
  static final List<ZooModel> MODELS = Classification.models();

  @Test
  void namesStandInAFixedOrder() {
    assertThat(MODELS)
        .extracting(ZooModel::name)
        .containsExactly(
            "mobilenet_v1_0.25_128",
            "mobilenet_v1_0.5_128",
            "mobilenet_v1_0.75_128",
            "mobilenet_v1_128",
            "mobilenet_v1_0.25_192",
            "mobilenet_v1_0.5_192",
            "mobilenet_v1_0.75_192",
            "mobilenet_v1_192",
            "mobilenet_v1_0.25",
            "mobilenet_v1_0.5",
            "mobilenet_v1_0.75",
            "mobilenet_v1",
            "mobilenet_v2_0.5",
            "mobilenet_v2_0.75",
            "mobilenet_v2",
            "mobilenet_v2_1.4",
            "mnasnet_a1",
            "mnasnet_b1",
            "fbnet_a",
            "fbnet_b",
            "fbnet_c",
            "mobilenet_v3_small_minimalistic",
            "mobilenet_v3_small",
            "mobilenet_v3_large_minimalistic",
            "mobilenet_v3_large",
            "efficientnet_b0",
            "efficientnet_b1",
            "efficientnet_b2",
            "efficientnet_b3",
            "efficientnet_edgetpu_s",
            "efficientnet_edgetpu_m",
            "efficientnet_edgetpu_l",
            "mobilenet_edgetpu_0.75",
            "mobilenet_edgetpu_0.75_top1280",
            "mobilenet_edgetpu",
            "mobilenet_edgetpu_1.25",
            "mobilenet_edgetpu_1.5",
            "mobilenet_edgetpu_1.75",
            "efficientnet_lite0",
            "efficientnet_lite1",
            "efficientnet_lite2",
            "efficientnet_lite3",
            "efficientnet_lite4",
            "mobilenet_edgetpu_v2_tiny",
            "mobilenet_edgetpu_v2_xs",
            "mobilenet_edgetpu_v2_s",
            "mobilenet_edgetpu_v2_m",
            "mobilenet_edgetpu_v2_l");
  }

  /**
   * Sums over the layer tables' own columns: MACs, and weights plus a bias for each channel; a hard
   * sigmoid stores a constant besides.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "efficientnet_b0, 385814752, 5267540",
    "efficientnet_b1, 686802832, 7763160",
    "efficientnet_b2, 993561872, 9076210",
    "efficientnet_b3, 1827141392, 12189584",
    "efficientnet_edgetpu_l, 7936084384, 10545145",
    "efficientnet_edgetpu_m, 3013322368, 6866873",
    "efficientnet_edgetpu_s, 1788732288, 5413953",
    "efficientnet_lite0, 385187552, 4631000",
    "efficientnet_lite1, 600185232, 5389848",
    "efficientnet_lite2, 859736272, 6063024",
    "efficientnet_lite3, 1383321872, 8158760",
    "efficientnet_lite4, 2553034336, 12950384",
    "fbnet_a, 249921848, 4304472",
    "fbnet_b, 306210888, 4845944",
    "fbnet_c, 384960160, 5550016",
    "mnasnet_a1, 311579072, 3870294",
    "mnasnet_b1, 314415872, 4364352",
    "mobilenet_edgetpu_0.75, 621909344, 2607657",
    "mobilenet_edgetpu, 990670464, 4073273",
    "mobilenet_edgetpu_1.25, 1638372512, 6006033",
    "mobilenet_edgetpu_1.5, 2212453824, 8105057",
    "mobilenet_edgetpu_1.75, 3139134432, 10734841",
    "mobilenet_edgetpu_v2_l, 2530787840, 10887433",
    "mobilenet_edgetpu_v2_m, 1835638784, 8433353",
    "mobilenet_edgetpu_v2_s, 1198003968, 5962593",
    "mobilenet_edgetpu_v2_tiny, 512449280, 3743993",
    "mobilenet_edgetpu_v2_xs, 707483392, 4441849",
    "mobilenet_v1_0.25, 41030528, 467593",
    "mobilenet_v1_0.5, 149497600, 1326633",
    "mobilenet_v1_0.75, 325401216, 2578121",
    "mobilenet_v1, 568741376, 4222057",
    "mobilenet_v2_0.5, 97133120, 1960689",
    "mobilenet_v2_0.75, 209071072, 2624385",
    "mobilenet_v2, 300775552, 3489097",
    "mobilenet_v2_1.4, 582197616, 6086601",
    "mobilenet_v3_large, 216591040, 5472121",
    "mobilenet_v3_large_minimalistic, 209137984, 3913369",
    "mobilenet_v3_small, 56511424, 2537834",
    "mobilenet_v3_small_minimalistic, 52289472, 2039705",
  })
  void totalsAreThoseOfTheLayerTables(String name, long macs, long parameters) {
    Graph graph = Zoo.find(name).orElseThrow().graph();
    assertThat(Workload.macs(graph)).isEqualTo(macs);
    assertThat(Workload.parameters(graph)).isEqualTo(parameters);
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void inputIsASquareImageAndOutputAFigureForEachClass(ZooModel model) {
    int resolution = model.defaults().resolution();
    Graph graph = model.graph();
    assertThat(input(graph)).isEqualTo(Shape.of(1, resolution, resolution, 3));
    assertThat(output(graph)).isEqualTo(Shape.of(1, model.defaults().classes()));
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void sizesCanBeChosen(ZooModel model) {
    Graph graph = model.graph(model.defaults().withResolution(97).withClasses(7));
    assertThat(input(graph)).isEqualTo(Shape.of(1, 97, 97, 3));
    assertThat(output(graph)).isEqualTo(Shape.of(1, 7));
  }

  private static Shape input(Graph graph) {
    return graph.tensor(graph.inputs().getFirst()).shape();
  }

  private static Shape output(Graph graph) {
    return graph.tensor(graph.outputs().getFirst()).shape();
  }
}
