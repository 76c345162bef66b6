package dev.ppe.simulator.zoo.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.zoo.ZooModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MobileBERT and BERT against their published counts and shapes. */
class LanguageModelsTest {
  /** The head that marks the answer: two features of each token, and the mask's two constants. */
  private static final long HEAD_OF_512 = 2 * (512 + 1) + 2;

  /** All 512 positions are stored at the greatest length: embedding and encoder to the last one. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mobilebert, 24581888",
    "mobilebert_edgetpu_xxs, 9416960",
    "mobilebert_edgetpu_xs, 27006720",
    "mobilebert_edgetpu_s, 38326016",
    "mobilebert_edgetpu_m, 50951936",
  })
  void parametersAtFullLengthAreThePublishedOnes(String name, long published) {
    ZooModel model = model(name);
    Graph graph = model.graph(model.defaults().withSequenceLength(512));
    assertThat(Workload.parameters(graph) - HEAD_OF_512).isEqualTo(published);
  }

  /** The published figures in millions; 128 positions are cut off at the default length. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mobilebert, 24.582",
    "mobilebert_edgetpu_xs, 27.007",
    "mobilebert_edgetpu_s, 38.326",
    "mobilebert_edgetpu_m, 50.952",
  })
  void parametersAreThePublishedOnes(String name, double millions) {
    assertThat(Workload.parameters(model(name).graph()))
        .isCloseTo(Math.round(1e6 * millions), withinPercentage(0.5));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "mobilebert, 128, 2.693e9",
    "mobilebert, 384, 8.682e9",
    "mobilebert, 512, 11.979e9",
    "mobilebert_edgetpu_xxs, 384, 2.227e9",
    "mobilebert_edgetpu_xs, 384, 9.337e9",
    "mobilebert_edgetpu_s, 128, 4.454e9",
    "mobilebert_edgetpu_s, 384, 13.967e9",
    "mobilebert_edgetpu_m, 384, 18.799e9",
    "bert_base, 384, 35.3e9",
  })
  void macsAreThePublishedOnes(String name, int tokens, double published) {
    ZooModel model = model(name);
    Graph graph = model.graph(model.defaults().withSequenceLength(tokens));
    assertThat(Workload.macs(graph)).isCloseTo((long) published, withinPercentage(0.2));
  }

  /** The published count has the pooler, a dense layer of 768 features, and no head. */
  @Test
  void parametersOfBertAreThePublishedOnes() {
    ZooModel model = model("bert_base");
    Graph graph = model.graph(model.defaults().withSequenceLength(512));
    long pooler = 768 * (768 + 1);
    long head = 2 * (768 + 1) + 2;
    assertThat(Workload.parameters(graph) - head + pooler).isEqualTo(109_482_240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilebert", "mobilebert_edgetpu_m", "bert_base"})
  void outputsAreTheAnswersStartAndEnd(String name) {
    Graph graph = model(name).graph();
    assertThat(graph.outputs())
        .extracting(output -> graph.tensor(output).shape())
        .containsExactly(Shape.of(1, 384), Shape.of(1, 384));
  }

  @Test
  void tokensAreIntegersWhateverTheNetworkComputesWith() {
    Graph graph = model("mobilebert").graph(Arithmetic.FLOAT32);
    assertThat(graph.inputs())
        .extracting(input -> graph.tensor(input).type())
        .containsExactly(DataType.INT32, DataType.INT32, DataType.FLOAT32);
  }

  @Test
  void eachHeadScoresAllPairsOfTokens() {
    Graph graph = model("bert_base").graph();
    assertThat(graph.output(node(graph, "b0/attention/scores"), 0).shape())
        .isEqualTo(Shape.of(1, 12, 384, 384));
  }

  @Test
  void mobileNetworksHaveNeitherStatisticsNorExponentialActivations() {
    assertThat(model("mobilebert_edgetpu_s").graph().nodes())
        .noneMatch(
            node ->
                node.operator() instanceof Operator.LayerNorm
                    || node.operator() instanceof Operator.Unary);
  }

  @Test
  void shortestTextIsOneToken() {
    ZooModel model = model("mobilebert");
    Graph graph = model.graph(model.defaults().withSequenceLength(1));
    assertThat(graph.output(node(graph, "embedding/trigram"), 0).shape())
        .isEqualTo(Shape.of(1, 1, 384));
  }

  @Test
  void textMayNotBeLongerThanItsPositions() {
    ZooModel model = model("bert_base");
    assertThatThrownBy(() -> model.graph(model.defaults().withSequenceLength(513)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("513 tokens");
  }

  private static Node node(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  private static ZooModel model(String name) {
    return Language.models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
