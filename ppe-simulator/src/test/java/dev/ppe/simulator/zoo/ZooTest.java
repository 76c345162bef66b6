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
  @ValueSource(strings = {"mobilenet_v2", "mobilenet_v2_1.0", "mobilenet_v2_1.0_224"})
  void modelIsFoundByItsNameAndAliases(String name) {
    assertThat(Zoo.find(name)).map(ZooModel::name).contains("mobilenet_v2");
  }

  @Test
  void unknownNameFindsNothing() {
    assertThat(Zoo.find("resnet")).isEmpty();
  }

  @Test
  void misspeltNameBringsTheNearest() {
    assertThat(Zoo.suggest("mobilnet_v2")).startsWith("mobilenet_v2");
    assertThat(Zoo.suggest("mobilenet_edgetpu_v2_small"))
        .hasSize(3)
        .startsWith("mobilenet_edgetpu_v2_s");
    assertThat(Zoo.suggest("x".repeat(1_000_000))).isEmpty();
    assertThat(Zoo.suggest("")).isEmpty();
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
