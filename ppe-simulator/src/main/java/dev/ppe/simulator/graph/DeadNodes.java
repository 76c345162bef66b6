package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Nodes that no output of the graph needs: no compiler keeps them, and no count includes them. */
public final class DeadNodes {
  private DeadNodes() {}

  /** The verified graph without them, otherwise as it is; the very same graph if there are none. */
  public static Graph drop(Graph graph) {
    return drop(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static Graph drop(Graph graph, Interruption interruption) {
    int[] order = NodeOrder.fromOutputs(graph, interruption);
    if (order.length == graph.nodes().size()) {
      return graph;
    }
    BitSet needed = new BitSet(graph.nodes().size());
    for (int node : order) {
      needed.set(node);
    }
    List<Node> nodes = new ArrayList<>(order.length);
    for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
      interruption.checkAt(i);
      nodes.add(graph.nodes().get(i));
    }
    return new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());
  }
}
