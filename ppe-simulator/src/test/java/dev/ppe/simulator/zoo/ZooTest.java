package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.detection.Detection;
import dev.ppe.simulator.zoo.segmentation.Segmentation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
  static final List<ZooModel> MODELS = Zoo.models();

  /** Those whose results come from one last map: heads on several run theirs one by one. */
  static final List<ZooModel> SINGLE_HEADED =
      MODELS.stream().filter(model -> !pyramids().contains(model.name())).toList();

  private static List<String> pyramids() {
    return Stream.of(Detection.models(), Segmentation.models())
        .flatMap(List::stream)
        .map(ZooModel::name)
        .toList();
  }

  @Test
  void noTwoModelsAnswerToOneName() {
    assertThat(
            Zoo.models().stream()
                .flatMap(model -> Stream.concat(Stream.of(model.name()), model.aliases().stream())))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mobilenet_v2", "mobilenet_v2_1.0", "mobilenet_v2_224", "mobilenet_v2_1.0_224"})
  void modelIsFoundByItsNameAndAliases(String name) {
    assertThat(Zoo.find(name)).map(ZooModel::name).contains("mobilenet_v2");
  }

  @Test
  void unknownNameFindsNothing() {
    assertThat(Zoo.find("resnet")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilnet_v2, mobilenet_v2",
    "MobileNet-V2, mobilenet_v2",
    "mobilenet_edgetpu_v2_small, mobilenet_edgetpu_v2_s",
    "ResNet-50, resnet50",
    "autoseg_xxs, autoseg_edgetpu_xs",
    "efficientnet_lite_0, efficientnet_lite0",
    "resnet, resnet18",
    "spaghetti, spaghettinet_edgetpu_s",
    "mobilenet, mobilenet_v1",
  })
  void misspeltNameBringsTheNearestFirst(String written, String meant) {
    assertThat(Zoo.hint(written).orElseThrow()).startsWith("did you mean " + meant);
  }

  @Test
  void hintNamesThreeModelsAtMost() {
    assertThat(Zoo.hint("mobilenet").orElseThrow().split(" or ", -1)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nasbench201/15625", "nasbench201", "nasbench201:|none~0|", "nasbench201/7/mnist"})
  void cellThatIsNoneBringsHowTheyAreWritten(String name) {
    assertThat(Zoo.find(name)).isEmpty();
    assertThat(Zoo.hint(name).orElseThrow()).contains("nasbench201/INDEX, from 0 to 15624");
  }

  @Test
  void nothingLikeItBringsNoHint() {
    assertThat(Zoo.hint("x".repeat(1_000_000))).isEmpty();
    assertThat(Zoo.hint("")).isEmpty();
    assertThat(Zoo.hint("no-such-network")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.35_160, MobileNetV1, 160",
    "mobilenet_v1_1.0_128, MobileNetV1, 128",
    "mobilenet_v2_0.35_96, MobileNetV2, 96",
    "mobilenet_v2_1.3, MobileNetV2, 224",
    "mobilenet_v2_160, MobileNetV2, 160",
    "mobilenet_v3_large_0.75, MobileNetV3, 224",
    "mobilenet_v3_small_minimalistic_0.5_128, MobileNetV3, 128",
    "mobilenet_edgetpu_0.5_192, MobileNetEdgeTPU, 192",
  })
  void widthsAndSizesOfOnesOwnArePartOfTheName(String name, String family, int resolution) {
    ZooModel model = Zoo.find(name).orElseThrow();
    assertThat(model.family()).isEqualTo(family);
    assertThat(model.defaults().resolution()).isEqualTo(resolution);
    assertThat(Zoo.find(model.name()).orElseThrow().graph()).isEqualTo(model.graph());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v2_0.0",
        "mobilenet_v2_17.0",
        "mobilenet_v2_0.5_0",
        "mobilenet_v2_0.5_",
        "mobilenet_v2_224_1.0",
        "mobilenet_v2_.5",
        "mobilenet_v2_0.5_999999",
        "mobilenet_v2_0.50000000001",
        "mobilenet_v2_-0.5",
        "mobilenet_v20.5",
      })
  void widthsAndSizesMakeSense(String name) {
    assertThat(Zoo.find(name)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void graphBearsTheModelsName(ZooModel model) {
    assertThat(model.graph().name()).isEqualTo(model.name());
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void twoBuildsAreOneNetwork(ZooModel model) {
    assertThat(model.graph()).isEqualTo(model.graph());
    assertThat(CanonicalGraph.of(model.graph()).hash())
        .isEqualTo(CanonicalGraph.of(model.graph()).hash());
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void arithmeticChangesTheHashButNotTheWork(ZooModel model) {
    var integer = model.graph(Arithmetic.INT8);
    var real = model.graph(Arithmetic.FLOAT32);
    assertThat(CanonicalGraph.of(real).hash()).isNotEqualTo(CanonicalGraph.of(integer).hash());
    assertThat(Workload.macs(real)).isEqualTo(Workload.macs(integer));
    assertThat(Workload.parameters(real)).isEqualTo(Workload.parameters(integer));
  }

  @ParameterizedTest
  @FieldSource("SINGLE_HEADED")
  void layersStandInTheOrderTheyRun(ZooModel model) {
    var graph = model.graph();
    assertThat(CanonicalGraph.of(graph).graph().nodes())
        .extracting(Node::name)
        .containsExactlyElementsOf(graph.nodes().stream().map(Node::name).toList());
  }

  @Test
  void differentModelsHaveDifferentHashes() {
    assertThat(Zoo.models().stream().map(model -> CanonicalGraph.of(model.graph()).hash()))
        .doesNotHaveDuplicates();
  }
}
