package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.builder.PyramidBlocks.Source;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PyramidBlocksTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value fine = net.input("fine", 1, 19, 19, 24);
  private final Value coarse = net.input("coarse", 1, 5, 5, 40);

  @Test
  void separableConvolutionHasNothingBetweenItsTwoLayers() {
    Value x = PyramidBlocks.separable(net, fine, 32, Kernel.of(3), Activation.RELU6);
    Graph graph = net.build(x, net.add("used", coarse, coarse, Activation.NONE));
    assertThat(graph.nodes().getFirst().hasInput(2)).isFalse();
    assertThat(graph.nodes().getFirst().operator().toString()).contains("activation=NONE");
    assertThat(graph.nodes().get(1).hasInput(2)).isTrue();
    assertThat(graph.nodes().get(1).operator().toString()).contains("activation=RELU6");
  }

  @Test
  void onlyTheLastAdditionOfASumIsActivated() {
    Value x = PyramidBlocks.sum(net, List.of(fine, fine, fine), Activation.RELU6);
    Graph graph = net.build(x, net.add("used", coarse, coarse, Activation.NONE));
    assertThat(graph.nodes())
        .extracting(node -> ((Operator.Binary) node.operator()).activation())
        .startsWith(Activation.NONE, Activation.RELU6);
  }

  /** 5 x 4 = 20 rows come up where 19 went down, and 19 go down to 5. */
  @Test
  void mergeCropsWhatComesUpTooLarge() {
    Value x = PyramidBlocks.spaghettiMerge(net, sources(), 4, 16);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 19, 19, 16));
    assertThat(names(net.build(x)))
        .containsExactly("fine/project", "coarse/project", "coarse/resize", "coarse/crop", "add");
  }

  @Test
  void mergeGoesDownByAPoolAsWideAsItsStrideAndOneMore() {
    Value x = PyramidBlocks.spaghettiMerge(net, sources(), 6, 16);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 5, 5, 16));
    assertThat(poolKernel(net.build(x))).isEqualTo(5);
  }

  @Test
  void mnasFpnPoolsAlways3x3AndLeavesTheMergedWidth() {
    Value x = PyramidBlocks.mnasFpnNode(net, sources(), 6, 128, Kernel.of(5), 48);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 5, 5, 48));
    Graph graph = net.build(x);
    assertThat(poolKernel(graph)).isEqualTo(3);
    assertThat(names(graph)).endsWith("add", "dw5x5", "pointwise");
  }

  @Test
  void spaghettiNodeStridesInTheFirstLayerAndAddsInTheOthers() {
    List<SpaghettiLayer> layers =
        List.of(new SpaghettiLayer.GroupConv(8, 3), new SpaghettiLayer.Separable(5));
    Value x = PyramidBlocks.spaghettiNode(net, List.of(sources().getFirst()), 5, 48, layers);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 10, 10, 48));
    assertThat(names(net.build(x, net.add("used", coarse, coarse, Activation.NONE))))
        .startsWith(
            "layer0/gc3x3", "layer0/project", "layer1/dw5x5", "layer1/pointwise", "layer1/add");
  }

  @Test
  void spaghettiNodeMergesSeveralMaps() {
    List<SpaghettiLayer> layers = List.of(new SpaghettiLayer.Ibn(3, 4));
    Value x = PyramidBlocks.spaghettiNode(net, sources(), 5, 48, layers);
    assertThat(x.shape()).isEqualTo(Shape.of(1, 10, 10, 48));
    assertThat(names(net.build(x)))
        .endsWith("add", "layer0/expand", "layer0/dw3x3", "layer0/project");
  }

  @Test
  void spaghettiNodeCanBeWrong() {
    List<SpaghettiLayer> layers = List.of(new SpaghettiLayer.GroupConv(8, 7));
    Source source = sources().getLast();
    assertThatThrownBy(
            () -> PyramidBlocks.spaghettiNode(net.scope("n0"), List.of(source), 7, 48, layers))
        .hasMessage("layer \"n0/layer0/gc3x3\": 40 input channels do not divide into 7 groups");
    assertThatThrownBy(() -> PyramidBlocks.spaghettiNode(net, List.of(source), 5, 48, layers))
        .hasMessage("layer \"layer0\": goes up from level 6 to 5: only merges do");
    assertThatThrownBy(() -> PyramidBlocks.spaghettiNode(net, List.of(), 5, 48, layers))
        .hasMessageContaining("one source or more");
    assertThatThrownBy(() -> PyramidBlocks.spaghettiNode(net, sources(), 5, 48, List.of()))
        .hasMessageContaining("one layer or more");
  }

  private List<Source> sources() {
    return List.of(new Source("fine", 4, fine), new Source("coarse", 6, coarse));
  }

  private static int poolKernel(Graph graph) {
    return graph.nodes().stream()
        .map(Node::operator)
        .filter(Operator.Pool2d.class::isInstance)
        .mapToInt(operator -> ((Operator.Pool2d) operator).window().kernelHeight())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }
}
