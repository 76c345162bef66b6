package dev.ppe.simulator.format.tflite.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.RareNetworks;
import dev.ppe.simulator.format.export.RoundTrip;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TfliteRoundTripTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#zoo")
  void networksOfTheZooKeepTheirHash(String name, Graph graph) {
    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#samples")
  void everyOperatorKeepsItsHash(String name, Graph graph) {
    RoundTrip.assertKept(roundTrip(graph), graph);
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

    assertThat(kinds(roundTrip(graph))).containsExactly("conv", "max-pool");
    assertThat(kinds(inParts(graph))).containsExactly("pad", "conv", "pad", "max-pool");
  }

  @Test
  void layerNormalisationIsWrittenInParts() {
    Graph graph = RareNetworks.of(Arithmetic.FLOAT32).get("whole layer norm over 1");

    assertThat(kinds(inParts(graph)))
        .containsExactly(
            "reduce-mean",
            "squared-difference",
            "reduce-mean",
            "add",
            "rsqrt",
            "sub",
            "mul",
            "mul",
            "add");
  }

  @Test
  void integersBecomeRealsWhereKernelsTakeNoOthers() {
    Graph graph = RareNetworks.of(Arithmetic.INT8).get("POW with LOGISTIC");

    assertThat(kinds(inParts(graph)))
        .containsExactly("tanh", "dequantize", "dequantize", "pow", "quantize", "logistic");
  }

  @Test
  void anOuterAxisIsSwappedWithTheInnermost() {
    Graph graph = RareNetworks.of(Arithmetic.INT8).get("softmax along 1");

    assertThat(kinds(inParts(graph))).containsExactly("transpose", "softmax", "transpose");
  }

  private static List<String> kinds(Graph graph) {
    return graph.nodes().stream().map(node -> node.operator().kind()).toList();
  }

  /** The network as it is read if nothing tells that the parts belong together. */
  private static Graph inParts(Graph graph) {
    ByteBuffer file = TfliteWriter.write(graph, Weights.ZERO);
    String text = StandardCharsets.ISO_8859_1.decode(file).toString();
    byte[] renamed = text.replace(TfliteReader.PART, "/name").getBytes(StandardCharsets.ISO_8859_1);
    return TfliteReader.read("test", ByteBuffer.wrap(renamed), ImportOptions.DEFAULT).graph();
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
