package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Presets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names are for people: with others, every figure of a network's answer is the same. */
class GraphNamesTest {
  /** Also group convolutions in parts, whose parameters get a name that the parts' begin with. */
  static Stream<Graph> networks() {
    return Stream.concat(
        Stream.of(PortableGroups.expand(SampleNetworks.groupConvolutions())),
        Networks.handMade().stream());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void otherNamesGiveTheSameFigures(Graph graph) {
    int many = 2 * (graph.tensors().size() + graph.nodes().size());
    List<IntFunction<String>> namings =
        List.of(
            i -> "a/common/beginning/%d".formatted(many - i),
            i -> "%d/nothing in common".formatted(i),
            i -> "%x".formatted(i * 0x9E3779B97F4A7C15L));
    for (String preset : List.of("coral-usb", "tensor-g1")) {
      Evaluation before = Evaluate.on(Presets.get(preset), graph);
      for (IntFunction<String> naming : namings) {
        Evaluation after = Evaluate.on(Presets.get(preset), renamed(graph, naming));

        assertThat(after)
            .usingRecursiveComparison()
            .ignoringFields("modelName")
            .ignoringFieldsMatchingRegexes(".*\\bname", ".*placementReason")
            .isEqualTo(before);
        assertThat(after.layers()).extracting(LayerReport::name).doesNotContain("");
      }
    }
  }

  private static Graph renamed(Graph graph, IntFunction<String> naming) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : graph.tensors()) {
      tensors.add(
          new Tensor(
              naming.apply(tensors.size()),
              tensor.shape(),
              tensor.type(),
              tensor.quantization(),
              tensor.role()));
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              naming.apply(tensors.size() + nodes.size()),
              node.operator(),
              node.inputs(),
              node.outputs()));
    }
    return new Graph("renamed", tensors, nodes, graph.inputs(), graph.outputs());
  }
}
