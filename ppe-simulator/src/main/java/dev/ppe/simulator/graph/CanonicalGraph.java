package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph in an order that depends on its structure alone, and its hash.
 *
 * <p>Nodes stand in depth-first order from the outputs, operands left to right; tensors in the
 * order in which those nodes first touch them; of the ways to write an operator there is one
 * ({@link CanonicalOperator}). So however a network was listed and named, the compiler sees the
 * same one, and equal hashes mean equal answers but for the names. Nodes that no output needs are
 * left out, as every compiler does.
 *
 * @param graph the reordered graph, with the names it came with
 * @param hash of everything but the names
 */
public record CanonicalGraph(Graph graph, GraphHash hash) {

  /** The canonical form of a verified graph. */
  public static CanonicalGraph of(Graph graph) {
    return of(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static CanonicalGraph of(Graph graph, Interruption interruption) {
    Graph ordered = order(graph, interruption);
    return new CanonicalGraph(ordered, GraphHash.of(ordered, interruption));
  }

  private static Graph order(Graph original, Interruption interruption) {
    Graph broadcast = BroadcastParameters.withoutLeadingOnes(original, interruption);
    interruption.check();
    Graph graph = CanonicalWeights.of(broadcast, interruption);
    interruption.check();
    int[] order = NodeOrder.fromOutputs(graph, interruption);
    Renumbering tensors = new Renumbering(graph);
    List<Integer> inputs = tensors.renumber(graph.inputs());
    List<Node> nodes = new ArrayList<>(order.length);
    for (int index : order) {
      interruption.check();
      Node node = graph.nodes().get(index);
      nodes.add(
          new Node(
              node.name(),
              CanonicalOperator.of(graph, node),
              tensors.renumber(CanonicalOperator.operands(node)),
              tensors.renumber(node.outputs())));
    }
    List<Integer> outputs = tensors.renumber(graph.outputs());
    return new Graph(graph.name(), tensors.kept, nodes, inputs, outputs);
  }

  /** Numbers tensors in the order in which they are first asked for. */
  private static final class Renumbering {
    private final Graph graph;
    private final int[] renumbered;
    private final List<Tensor> kept = new ArrayList<>();

    Renumbering(Graph graph) {
      this.graph = graph;
      this.renumbered = new int[graph.tensors().size()];
      Arrays.fill(renumbered, Node.ABSENT);
    }

    List<Integer> renumber(List<Integer> indices) {
      List<Integer> result = new ArrayList<>(indices.size());
      for (int index : indices) {
        if (index != Node.ABSENT && renumbered[index] == Node.ABSENT) {
          renumbered[index] = kept.size();
          kept.add(graph.tensor(index));
        }
        result.add(index == Node.ABSENT ? Node.ABSENT : renumbered[index]);
      }
      return result;
    }
  }
}
