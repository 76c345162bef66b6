package dev.ppe.simulator.zoo.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.zoo.ModelOptions;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {
  static final List<ZooModel> MODELS = Detection.models();

  /** Positions of all maps times six, but three in the first: 20^2 x 3 + (10^2 + ... + 1) x 6. */
  @ParameterizedTest
  @CsvSource({
    "ssd_mobilenet_v2, 1917",
    "ssdlite_mobilenet_edgetpu, 2034",
    "ssdlite_mobiledet_dsp, 2034",
    "ssd_mobilenet_v2_mnasfpn, 19125",
    "spaghettinet_edgetpu_m_ssdlite, 2058",
  })
  void resultIsABoxAndScoresForEachAnchor(String name, int anchors) {
    assertThat(outputs(find(name).graph()))
        .containsExactly(Shape.of(1, anchors, 4), Shape.of(1, anchors, 91));
  }

  /** As in the vendor's files, whose names say so. */
  @ParameterizedTest
  @ValueSource(strings = {"ssd_mobilenet_v1", "ssdlite_mobiledet_edgetpu_320"})
  void asPublishedADetectorSelectsItsBestBoxesInFloats(String name) {
    Graph graph = Detection.find(name + "_postprocess").orElseThrow().graph();

    Node selection = graph.nodes().getLast();
    int anchors = graph.tensor(selection.inputs().getFirst()).shape().dim(1);
    assertThat(selection.operator()).isEqualTo(new Operator.Custom("TFLite_Detection_PostProcess"));
    assertThat(selection.inputs())
        .extracting(operand -> graph.tensor(operand).shape())
        .containsExactly(Shape.of(1, anchors, 4), Shape.of(1, anchors, 91), Shape.of(anchors, 4));
    assertThat(outputs(graph))
        .containsExactly(Shape.of(1, 10, 4), Shape.of(1, 10), Shape.of(1, 10), Shape.of(1));
    assertThat(graph.outputs())
        .allSatisfy(output -> assertThat(graph.tensor(output).type()).isEqualTo(DataType.FLOAT32));
  }

  @Test
  void whatDetectsNothingSelectsNothing() {
    assertThat(Detection.find("spaghettinet_edgetpu_s_postprocess")).isEmpty();
    assertThat(Detection.find("resnet50_postprocess")).isEmpty();
    assertThat(Detection.find("_postprocess")).isEmpty();
  }

  @Test
  void extractorEndsWithTheMapsThatPredictorsRead() {
    assertThat(outputs(find("spaghettinet_edgetpu_l").graph()))
        .containsExactly(
            Shape.of(1, 20, 20, 120),
            Shape.of(1, 10, 10, 168),
            Shape.of(1, 5, 5, 112),
            Shape.of(1, 3, 3, 128),
            Shape.of(1, 3, 3, 64));
  }

  /** Sizes that no stride divides, where maps that come up again are cropped. */
  @ParameterizedTest
  @FieldSource("MODELS")
  void imageMayHaveAnotherSize(ZooModel model) {
    for (int resolution : List.of(257, 300, 512)) {
      Graph graph = model.graph(model.defaults().withResolution(resolution));
      assertThat(graph.tensor(graph.inputs().getFirst()).shape())
          .isEqualTo(Shape.of(1, resolution, resolution, 3));
    }
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void scoresAreForTheChosenClasses(ZooModel model) {
    ModelOptions options = model.defaults();
    if (options.classes() != ModelOptions.NONE) {
      Graph graph = model.graph(options.withClasses(3).withArithmetic(Arithmetic.FLOAT32));
      assertThat(outputs(graph).getLast().innermost()).isEqualTo(3);
    }
  }

  @Test
  void mnasFpnMergesInTheWidthsAndLevelsOfTheReleasedCell() {
    Graph graph = find("ssd_mobilenet_v2_mnasfpn").graph();
    assertThat(graph.tensors())
        .filteredOn(tensor -> tensor.name().matches("cell3/node./add"))
        .extracting(Tensor::shape)
        .containsExactly(
            Shape.of(1, 20, 20, 256),
            Shape.of(1, 40, 40, 128),
            Shape.of(1, 20, 20, 128),
            Shape.of(1, 10, 10, 128),
            Shape.of(1, 5, 5, 96));
  }

  /** The backbone's maps have other widths than a cell's results; from then on all are alike. */
  @Test
  void mnasFpnCellsAreResidualWhereShapesAllow() {
    Graph graph = find("ssd_mobilenet_v2_mnasfpn").graph();
    assertThat(graph.nodes())
        .extracting(Node::name)
        .filteredOn(name -> name.matches("cell./result./add"))
        .hasSize(1 + 3 * 4);
  }

  @Test
  void mnasFpnLevelsShareTheLastPredictor() {
    Graph graph = find("ssd_mobilenet_v2_mnasfpn").graph();
    assertThat(graph.nodes())
        .filteredOn(node -> node.name().matches("predict./class/pointwise"))
        .hasSize(4)
        .extracting(node -> node.inputs().get(1))
        .containsOnly(
            graph.nodes().stream()
                .filter(node -> node.name().equals("predict0/class/pointwise"))
                .findFirst()
                .orElseThrow()
                .inputs()
                .get(1));
  }

  private static ZooModel find(String name) {
    return MODELS.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Shape> outputs(Graph graph) {
    return graph.outputs().stream().map(output -> graph.tensor(output).shape()).toList();
  }
}
