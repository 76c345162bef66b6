package dev.ppe.nas.spaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.zoo.Zoo;
import java.util.List;
import java.util.Map;

/** The comparison of a space's point with a network of the zoo. */
final class Released {
  private Released() {}

  static ModelSpace space(String name) {
    return Spaces.find(name).orElseThrow();
  }

  static void assertIsZooModel(ModelSpace space, Map<String, String> assignment, String zooModel) {
    Point point = space.space().point(assignment);
    assertSame(space.graph(point), Zoo.find(zooModel).orElseThrow().graph());
  }

  static void assertSame(Graph graph, Graph released) {
    // The lists of layers first, for what they tell where a hash tells nothing.
    assertThat(layers(graph)).isEqualTo(layers(released));
    assertThat(CanonicalGraph.of(graph).hash()).isEqualTo(CanonicalGraph.of(released).hash());
  }

  static List<String> layers(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.operator() + " " + graph.output(node, 0).shape())
        .toList();
  }
}
