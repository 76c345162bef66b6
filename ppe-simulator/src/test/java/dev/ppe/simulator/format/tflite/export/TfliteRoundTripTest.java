package dev.ppe.simulator.format.tflite.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.zoo.Zoo;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TfliteRoundTripTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void networksOfTheZooKeepTheirHash(String name, Graph graph) {
    assertThat(hash(roundTrip(graph))).isEqualTo(hash(graph));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void operatorsKeepTheirHash(String name, Graph graph) {
    assertThat(hash(roundTrip(graph))).as(graph + "").isEqualTo(hash(graph));
  }

  @Test
  void weightsMakeNoDifference() {
    Graph graph = SampleNetworks.blocks(Arithmetic.INT8);

    assertThat(hash(roundTrip(graph, new Weights.Random(7)))).isEqualTo(hash(graph));
  }

  @Test
  void equalSeedsGiveEqualFiles() {
    Graph graph = SampleNetworks.blocks(Arithmetic.INT8);

    assertThat(TfliteWriter.write(graph, new Weights.Random(7)))
        .isEqualTo(TfliteWriter.write(graph, new Weights.Random(7)))
        .isNotEqualTo(TfliteWriter.write(graph, new Weights.Random(8)));
  }

  @Test
  void recurrentStateIsKept() {
    assertThat(hash(roundTrip(SampleNetworks.lstm()))).isEqualTo(hash(SampleNetworks.lstm()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TFLite_Detection_PostProcess", "TOPK_V2", "Erf"})
  void unknownOperatorsKeepTheirName(String name) {
    Graph graph = SampleNetworks.custom(name);

    assertThat(hash(roundTrip(graph))).isEqualTo(hash(graph));
  }

  @Test
  void namesOfLayersAreKept() {
    Graph graph = SampleNetworks.blocks(Arithmetic.INT8);

    assertThat(roundTrip(graph).nodes().stream().map(Node::name))
        .containsExactlyElementsOf(graph.nodes().stream().map(Node::name).toList());
  }

  @Test
  void explicitPaddingBecomesAnOperator() {
    Graph graph = SampleNetworks.explicitPadding(Arithmetic.INT8, PoolFunction.MAX);

    Graph again = roundTrip(graph);

    assertThat(again.nodes().stream().map(node -> node.operator().kind()))
        .containsExactly("pad", "conv", "pad", "max-pool");
    assertThat(again.tensor(again.outputs().getFirst()).shape())
        .isEqualTo(graph.tensor(graph.outputs().getFirst()).shape());
  }

  @Test
  void layerNormalisationIsWrittenInParts() {
    Graph graph =
        SampleNetworks.operators(Arithmetic.FLOAT32).values().stream()
            .filter(sample -> sample.name().startsWith("LayerNorm"))
            .findFirst()
            .orElseThrow();

    Graph again = roundTrip(graph);

    assertThat(again.nodes().stream().map(node -> node.operator().kind()))
        .contains("squared-difference", "rsqrt")
        .doesNotContain("layer-norm");
  }

  private static Stream<Arguments> zoo() {
    return Zoo.models().stream()
        .flatMap(
            model ->
                Stream.of(Arithmetic.values())
                    .map(a -> Arguments.of(model.name() + " " + a, model.graph(a))))
        .filter(arguments -> isExpressible((Graph) arguments.get()[1]));
  }

  private static Stream<Arguments> operators() {
    return Stream.of(Arithmetic.values())
        .flatMap(
            arithmetic ->
                SampleNetworks.operators(arithmetic).entrySet().stream()
                    .filter(entry -> isExpressible(entry.getValue()))
                    .map(entry -> argument(arithmetic, entry)));
  }

  private static Arguments argument(Arithmetic arithmetic, Map.Entry<String, Graph> entry) {
    return Arguments.of(arithmetic + " " + entry.getKey(), entry.getValue());
  }

  /** What the format has no operator for; see {@link TfliteWriter}. */
  private static boolean isExpressible(Graph graph) {
    return graph.nodes().stream().map(Node::operator).noneMatch(TfliteRoundTripTest::isLacking);
  }

  private static boolean isLacking(Operator operator) {
    return switch (operator) {
      case Operator.LayerNorm norm -> true;
      case Operator.Unary unary -> unary.function() == Operator.UnaryFunction.ERF;
      default -> false;
    };
  }

  private static Graph roundTrip(Graph graph) {
    return roundTrip(graph, Weights.ZERO);
  }

  private static Graph roundTrip(Graph graph, Weights weights) {
    return TfliteReader.read(
            graph.name(), TfliteWriter.write(graph, weights), ImportOptions.DEFAULT)
        .graph();
  }

  private static String hash(Graph graph) {
    return CanonicalGraph.of(graph).hash().hex();
  }
}
