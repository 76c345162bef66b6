package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import java.util.List;
import java.util.Optional;

/**
 * A fused operator: what runs as one.
 *
 * @param name its main node's name
 * @param kind its main operator's kind, with what is fused: {@code pad+conv+relu}
 * @param nodes indices of its nodes, in order
 * @param main index of the node whose operator it mainly is
 * @param inputs activation and state tensors it reads
 * @param parameters stored tensors it reads
 * @param outputs tensors it writes for others
 * @param placement what runs it
 * @param stage as {@link PlacedNode#stage}
 */
public record Layer(
    String name,
    String kind,
    List<Integer> nodes,
    int main,
    List<Integer> inputs,
    List<Integer> parameters,
    List<Integer> outputs,
    Placement placement,
    int stage) {
  public Layer {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }

  /**
   * The operand that an addition brings which is fused behind the main node; empty without one.
   *
   * @param graph that the layer is of
   */
  public Optional<Integer> addend(Graph graph) {
    List<Integer> behind = nodes.subList(nodes.indexOf(main) + 1, nodes.size());
    for (int node : behind) {
      if (graph.nodes().get(node).operator() instanceof Operator.Binary) {
        return graph.nodes().get(node).inputs().stream().filter(inputs::contains).findFirst();
      }
    }
    return Optional.empty();
  }

  /** Whether a fused addition alone reads {@code input}: position by position, and no window. */
  boolean isOnlyAdded(Graph graph, int input) {
    return addend(graph).equals(Optional.of(input))
        && nodes.stream().filter(node -> graph.nodes().get(node).inputs().contains(input)).count()
            == 1;
  }

  /** Whether the accelerator runs it. */
  public boolean onAccelerator() {
    return placement.onAccelerator();
  }
}
