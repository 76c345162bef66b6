package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Graphs.RELU;
import static dev.ppe.simulator.graph.Graphs.map;
import static dev.ppe.simulator.graph.Graphs.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalGraphTest {
  private static final int CONV = 0;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void listingAndNamesDoNotMatter(long seed) {
    Graph graph = Graphs.residual();
    Graph shuffled = shuffled(graph, new Random(seed));

    assertThat(CanonicalGraph.of(shuffled).hash()).isEqualTo(CanonicalGraph.of(graph).hash());
    assertThat(CanonicalGraph.of(shuffled).graph().nodes())
        .extracting(Node::operator)
        .isEqualTo(CanonicalGraph.of(graph).graph().nodes().stream().map(Node::operator).toList());
  }

  /** An addition of three operands adds the first two. */
  @Test
  void anOperandTooManyIsKeptAsItIs() {
    Graph two = Graphs.residual();
    Node add = two.nodes().get(1);
    Node three = new Node(add.name(), add.operator(), List.of(3, 0, 2), add.outputs());
    Graph graph =
        new Graph(
            "three",
            two.tensors(),
            List.of(two.nodes().get(0), three),
            two.inputs(),
            two.outputs());

    assertThat(CanonicalGraph.of(graph).graph().nodes().get(1).inputs()).hasSize(3);
    assertThat(CanonicalGraph.of(graph).hash()).isNotEqualTo(CanonicalGraph.of(two).hash());
  }

  @Test
  void oneChangedAttributeChangesTheHash() {
    Graph graph = Graphs.residual();
    Operator.Conv2d conv = (Operator.Conv2d) graph.nodes().get(CONV).operator();
    Window window = conv.window();

    assertDiffers(new Operator.Conv2d(window, 1, Activation.RELU6));
    assertDiffers(new Operator.Conv2d(window, 2, Activation.RELU));
    assertDiffers(
        new Operator.Conv2d(Window.square(3, 1, Padding.explicit(2, 0, 1, 1)), 1, Activation.RELU));
    assertDiffers(new Operator.Custom("conv"));
  }

  @Test
  void typesShapesAndRolesChangeTheHash() {
    Tensor weights = Graphs.residual().tensor(1);

    assertDiffers(1, weights.withType(DataType.INT4, Quantization.NONE));
    assertDiffers(1, weights.withShape(Shape.of(4, 3, 3, 5)));
    assertDiffers(1, Graphs.map("w", 4, 3, 3, 4));
    assertDiffers(1, weights.withType(DataType.FLOAT32, Quantization.NONE));
  }

  @Test
  void scalesDoNotChangeTheHash() {
    assertThat(hash(new Quantization.PerTensor(2f, 5)))
        .isEqualTo(hash(new Quantization.PerTensor(1f, 0)));
  }

  @Test
  void weightsWithAScaleForEachChannelAreOthers() {
    assertThat(hash(new Quantization.PerChannel(0)))
        .isNotEqualTo(hash(new Quantization.PerTensor(1f, 0)));
  }

  @Test
  void signedWeightsOfUnknownScalesHaveOneForEachChannel() {
    assertThat(hash(Quantization.NONE)).isEqualTo(hash(new Quantization.PerChannel(0)));
  }

  private static GraphHash hash(Quantization ofWeights) {
    Tensor weights = Graphs.residual().tensor(1);
    return CanonicalGraph.of(with(1, weights.withType(DataType.INT8, ofWeights))).hash();
  }

  @Test
  void howActivationsStandForRealsDoesNotChangeTheHash() {
    Graph graph = Graphs.residual();
    int input = graph.inputs().getFirst();
    Tensor other =
        graph
            .tensor(input)
            .withType(graph.tensor(input).type(), new Quantization.PerTensor(0.3f, 7));

    assertThat(CanonicalGraph.of(with(input, other)).hash())
        .isEqualTo(CanonicalGraph.of(graph).hash());
  }

  @Test
  void nodesThatNoOutputNeedsAreLeftOut() {
    Graph graph = Graphs.residual();
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    tensors.add(map("unused", 1, 8, 8, 4));
    List<Node> nodes = new ArrayList<>(graph.nodes());
    nodes.add(0, node(RELU, List.of(3), 5));
    Graph wasteful = new Graph("", tensors, nodes, graph.inputs(), graph.outputs());

    assertThat(CanonicalGraph.of(wasteful).graph().nodes()).hasSize(2);
    assertThat(CanonicalGraph.of(wasteful).hash()).isEqualTo(CanonicalGraph.of(graph).hash());
  }

  @Test
  void theCanonicalGraphIsValidAndItsOwnCanonicalForm() {
    CanonicalGraph canonical = CanonicalGraph.of(Graphs.residual());

    assertThat(GraphVerifier.verify(canonical.graph(), GraphLimits.DEFAULT)).isNotNull();
    assertThat(CanonicalGraph.of(canonical.graph())).isEqualTo(canonical);
  }

  @Test
  void aChainOfAHundredThousandNodesDoesNotOverflowTheStack() {
    Graph chain = Graphs.chain(100_000);
    GraphLimits limits = new GraphLimits(100_000, 200_000, 9, 1 << 20, 1 << 30);

    assertThat(GraphVerifier.verify(chain, limits)).isSameAs(chain);
    assertThat(CanonicalGraph.of(chain).graph().nodes()).hasSize(100_000);
  }

  @Test
  void theHashIsSixtyFourHexadecimalDigits() {
    assertThat(CanonicalGraph.of(Graphs.residual()).hash().hex()).matches("[0-9a-f]{64}");
  }

  private static void assertDiffers(Operator operator) {
    Graph graph = Graphs.residual();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Node conv = nodes.get(CONV);
    nodes.set(CONV, new Node(conv.name(), operator, conv.inputs(), conv.outputs()));
    Graph changed = new Graph("", graph.tensors(), nodes, graph.inputs(), graph.outputs());

    assertThat(CanonicalGraph.of(changed).hash()).isNotEqualTo(CanonicalGraph.of(graph).hash());
  }

  private static void assertDiffers(int index, Tensor tensor) {
    assertThat(CanonicalGraph.of(with(index, tensor)).hash())
        .isNotEqualTo(CanonicalGraph.of(Graphs.residual()).hash());
  }

  private static Graph with(int index, Tensor tensor) {
    Graph graph = Graphs.residual();
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    tensors.set(index, tensor);
    return new Graph("", tensors, graph.nodes(), graph.inputs(), graph.outputs());
  }

  private static Graph shuffled(Graph graph, Random random) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, graph.tensors().size()).boxed().toList());
    Collections.shuffle(order, random);
    List<Tensor> tensors = new ArrayList<>();
    for (int old : order) {
      Tensor tensor = graph.tensor(old);
      tensors.add(
          new Tensor(
              "t" + old, tensor.shape(), tensor.type(), tensor.quantization(), tensor.role()));
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              "m", node.operator(), moved(node.inputs(), order), moved(node.outputs(), order)));
    }
    Collections.shuffle(nodes, random);
    return new Graph(
        "other", tensors, nodes, moved(graph.inputs(), order), moved(graph.outputs(), order));
  }

  private static List<Integer> moved(List<Integer> indices, List<Integer> order) {
    return indices.stream().map(order::indexOf).toList();
  }
}
