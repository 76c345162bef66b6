package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.Arrays;
import java.util.List;

/** Nodes that no output of the graph needs: no compiler keeps them, and no count includes them. */
public final class DeadNodes {
  private DeadNodes() {}

  /** The verified graph without them, otherwise as it is; the very same graph if there are none. */
  public static Graph drop(Graph graph) {
    int[] needed = NodeOrder.fromOutputs(graph, Interruption.NEVER);
    if (needed.length == graph.nodes().size()) {
      return graph;
    }
    Arrays.sort(needed);
    List<Node> nodes = Arrays.stream(needed).mapToObj(graph.nodes()::get).toList();
    return new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());
  }
}
