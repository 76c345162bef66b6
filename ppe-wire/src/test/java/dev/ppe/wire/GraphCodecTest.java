package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.Conv2d;
import dev.ppe.v1.Padding;
import dev.ppe.v1.StridedSlice;
import dev.ppe.v1.Window;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphCodecTest {
  static Stream<String> models() {
    return Zoo.models().stream().map(ZooModel::name);
  }

  @Test
  void aGraphComesBackAsItWas() {
    comesBack(SampleGraphs.convolution());
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyNetworkOfTheZooComesBackAsItWas(String model) {
    comesBack(Zoo.find(model).orElseThrow().graph());
  }

  private static void comesBack(Graph graph) {
    Graph decoded = GraphCodec.decode(GraphCodec.encode(graph), GraphLimits.DEFAULT);
    assertThat(decoded).isEqualTo(graph);
    assertThat(CanonicalGraph.of(decoded).hash()).isEqualTo(CanonicalGraph.of(graph).hash());
  }

  @Test
  void whatHasADefaultMayBeLeftOut() {
    Graph decoded =
        GraphCodec.decode(
            changed(
                graph -> {
                  graph.getNodesBuilder(0).getConv2DBuilder().clearGroups();
                  window(graph).clearDilationHeight().clearDilationWidth();
                  graph.getNodesBuilder(1).getBinaryBuilder().clearActivation();
                  graph.getTensorsBuilder(0).clearRole();
                }),
            GraphLimits.DEFAULT);
    assertThat(decoded).isEqualTo(SampleGraphs.convolution());
  }

  @Test
  void aFieldOutOfRangeIsNamedByItsWholePath() {
    refused(
        graph -> window(graph).clearStrideHeight(),
        "graph.nodes[0].conv2d.window.stride_height is 0, must be between 1 and 65536");
    refused(
        graph -> window(graph).setPadding(Padding.newBuilder().setLeft(-1)),
        "graph.nodes[0].conv2d.window.padding.left is -1, must be between 0 and 2147483647");
    refused(
        graph -> graph.getNodesBuilder(0).getConv2DBuilder().setGroups(-2),
        "graph.nodes[0].conv2d.groups is -2, must be between 1 and 2147483647");
    refused(
        graph -> graph.getTensorsBuilder(1).getPerChannelBuilder().setAxis(8),
        "graph.tensors[1].per_channel.axis is 8, must be between 0 and 7");
  }

  @Test
  void contradictionsWithinAMessageAreNamedByItsPath() {
    refused(
        graph -> window(graph).getPaddingBuilder().setTop(1),
        "graph.nodes[0].conv2d.window.padding: padding SAME takes no explicit amounts");
    refused(
        graph -> graph.getNodesBuilder(0).setStridedSlice(StridedSlice.newBuilder().addBegin(1)),
        "graph.nodes[0].strided_slice: begin, end and strides differ in length");
    refused(
        graph -> graph.getTensorsBuilder(0).setShape(1, -3),
        "graph.tensors[0].shape: shape [1, -3, 16, 3] has a negative dimension");
  }

  @Test
  void whatIsMissingIsNamed() {
    refused(
        graph -> graph.getNodesBuilder(2).clearOperator(),
        "graph.nodes[2].operator is not set, or newer than this version");
    refused(
        graph -> graph.getNodesBuilder(0).setConv2D(Conv2d.getDefaultInstance()),
        "graph.nodes[0].conv2d.window is missing");
    refused(
        graph -> graph.getNodesBuilder(2).getCustomBuilder().clearName(),
        "graph.nodes[2].custom.name must not be empty");
  }

  @Test
  void unknownAndUnspecifiedEnumsAreNamed() {
    refused(
        graph -> graph.getTensorsBuilder(0).clearType(),
        "graph.tensors[0].type is unspecified, must be one of DATA_TYPE_FLOAT64, ");
    refused(
        graph -> graph.getTensorsBuilder(0).setRoleValue(9),
        "graph.tensors[0].role is 9, must be one of TENSOR_ROLE_ACTIVATION, ");
    refused(
        graph -> graph.getNodesBuilder(1).getBinaryBuilder().setFunctionValue(99),
        "graph.nodes[1].binary.function is 99, must be one of BINARY_FUNCTION_ADD, ");
  }

  @Test
  void anInvalidNetworkIsAnsweredAsEverywhereElse() {
    assertThatThrownBy(
            () ->
                GraphCodec.decode(
                    changed(graph -> graph.getNodesBuilder(1).setInputs(0, 77)),
                    GraphLimits.DEFAULT))
        .isInstanceOf(GraphException.class)
        .hasMessage("node 1 \"add_1\" (add): refers to tensor 77, there are 5");
  }

  @Test
  void limitsHoldBeforeAnythingIsBuilt() {
    GraphLimits small = new GraphLimits(3, 5, 3, 1 << 20, 1 << 30);
    tooLarge(graph -> graph.addNodes(graph.getNodes(0)), small, "has 4 nodes, the limit is 3");
    tooLarge(graph -> graph.addTensors(graph.getTensors(0)), small, "has 6 tensors");
    tooLarge(
        graph -> graph.getNodesBuilder(1).addAllInputs(Collections.nCopies(2, 0)),
        small,
        "graph.nodes[1].inputs has 4 entries, the limit is 3");
    tooLarge(
        graph -> graph.addAllOutputs(Collections.nCopies(5, 0)),
        small,
        "graph.outputs has 6 entries, the limit is 5");
    refused(
        graph -> graph.getTensorsBuilder(0).addAllShape(Collections.nCopies(9, 1)),
        "graph.tensors[0].shape has 13 entries, must have 8 at most");
  }

  private static Window.Builder window(dev.ppe.v1.Graph.Builder graph) {
    return graph.getNodesBuilder(0).getConv2DBuilder().getWindowBuilder();
  }

  private static dev.ppe.v1.Graph changed(Consumer<dev.ppe.v1.Graph.Builder> change) {
    dev.ppe.v1.Graph.Builder builder = GraphCodec.encode(SampleGraphs.convolution()).toBuilder();
    change.accept(builder);
    return builder.build();
  }

  private static void refused(Consumer<dev.ppe.v1.Graph.Builder> change, String message) {
    assertThatThrownBy(() -> GraphCodec.decode(changed(change), GraphLimits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(GraphTooLargeException.class)
        .hasMessageStartingWith(message);
  }

  private static void tooLarge(
      Consumer<dev.ppe.v1.Graph.Builder> change, GraphLimits limits, String message) {
    assertThatThrownBy(() -> GraphCodec.decode(changed(change), limits))
        .isInstanceOf(GraphTooLargeException.class)
        .hasMessageContaining(message);
  }
}
