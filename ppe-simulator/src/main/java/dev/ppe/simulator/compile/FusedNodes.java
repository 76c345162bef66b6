package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What nodes that run as one read and write together, and what they are called. */
final class FusedNodes {
  private FusedNodes() {}

  /**
   * The layer.
   *
   * @param nodes in order
   * @param main the one whose operator it mainly is
   * @param start the first, which says where it runs
   */
  static Layer layer(Graph graph, List<Integer> nodes, int main, PlacedNode start) {
    Set<Integer> produced = new HashSet<>();
    Set<Integer> inputs = new LinkedHashSet<>(); // each once, in order
    Set<Integer> parameters = new LinkedHashSet<>();
    StringBuilder kind = new StringBuilder();
    for (int index : nodes) {
      Node node = graph.nodes().get(index);
      for (int input : node.inputs()) {
        if (input != Node.ABSENT && !produced.contains(input)) {
          (graph.tensor(input).isParameter() ? parameters : inputs).add(input);
        }
      }
      produced.addAll(node.outputs());
      kind.append(kind.isEmpty() ? "" : "+").append(kind(node.operator()));
    }
    return new Layer(
        graph.nodes().get(main).name(),
        kind.toString(),
        nodes,
        main,
        List.copyOf(inputs),
        List.copyOf(parameters),
        graph.nodes().get(nodes.getLast()).outputs(),
        start.placement(),
        start.stage());
  }

  /** The operator's kind, with the activation function that it applies itself. */
  private static String kind(Operator operator) {
    Activation activation =
        switch (operator) {
          case Operator.Conv2d conv -> conv.activation();
          case Operator.DepthwiseConv2d conv -> conv.activation();
          case Operator.TransposeConv2d conv -> conv.activation();
          case Operator.FullyConnected fc -> fc.activation();
          case Operator.Pool2d pool -> pool.activation();
          case Operator.Binary binary -> binary.activation();
          case Operator.Concat concat -> concat.activation();
          default -> Activation.NONE;
        };
    return activation == Activation.NONE
        ? operator.kind()
        : operator.kind() + "+" + activation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
