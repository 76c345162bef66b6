package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.Arrays;

/** Orders of a graph's nodes in which every node comes after those whose results it reads. */
public final class NodeOrder {
  private static final int NONE = -1;
  private static final byte UNSEEN = 0;
  private static final byte OPEN = 1;
  private static final byte DONE = 2;

  private final Graph graph;
  private final Interruption interruption;
  private final int[] writer;
  private final byte[] state;
  private final int[] order;
  private int ordered;
  private int followed;

  private NodeOrder(Graph graph, Interruption interruption) {
    this.graph = graph;
    this.interruption = interruption;
    this.writer = writers(graph, interruption);
    this.state = new byte[graph.nodes().size()];
    this.order = new int[graph.nodes().size()];
  }

  /** For each tensor the index of the node that writes it, or -1. */
  private static int[] writers(Graph graph, Interruption interruption) {
    int[] writer = new int[graph.tensors().size()];
    Arrays.fill(writer, NONE);
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      for (int output : graph.nodes().get(i).outputs()) {
        writer[output] = i;
      }
    }
    return writer;
  }

  /**
   * Depth-first from the outputs and then from all other nodes as listed; operands left to right.
   *
   * @throws GraphException naming a node on a cycle
   */
  public static int[] topological(Graph graph) {
    return topological(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static int[] topological(Graph graph, Interruption interruption) {
    NodeOrder search = new NodeOrder(graph, interruption);
    search.visitOutputs();
    for (int node = 0; node < graph.nodes().size(); node++) {
      interruption.checkAt(node);
      search.visit(node);
    }
    return search.order;
  }

  /**
   * Depth-first from the outputs alone, so that it depends on the network's structure and not on
   * how it is listed. Nodes that no output needs are left out.
   */
  static int[] fromOutputs(Graph graph, Interruption interruption) {
    NodeOrder search = new NodeOrder(graph, interruption);
    search.visitOutputs();
    return Arrays.copyOf(search.order, search.ordered);
  }

  private void visitOutputs() {
    for (int output : graph.outputs()) {
      if (writer[output] != NONE) {
        visit(writer[output]);
      }
    }
  }

  /** Depth-first search with a stack of its own: chains of many thousand nodes are fine. */
  private void visit(int root) {
    if (state[root] != UNSEEN) {
      return;
    }
    int[] stack = new int[16];
    int[] operand = new int[16];
    int depth = 0;
    stack[0] = root;
    state[root] = OPEN;
    while (depth >= 0) {
      int node = stack[depth];
      int next = nextWriter(node, operand, depth);
      if (next == NONE) {
        state[node] = DONE;
        order[ordered++] = node;
        depth--;
      } else if (state[next] == OPEN) {
        throw new GraphException(
            GraphException.nodeAt(next, graph.nodes().get(next)), "reads its own result: a cycle");
      } else if (state[next] == UNSEEN) {
        depth++;
        if (depth == stack.length) {
          stack = Arrays.copyOf(stack, 2 * depth);
          operand = Arrays.copyOf(operand, 2 * depth);
        }
        stack[depth] = next;
        operand[depth] = 0;
        state[next] = OPEN;
      }
    }
  }

  private int nextWriter(int node, int[] operand, int depth) {
    var inputs = graph.nodes().get(node).inputs();
    while (operand[depth] < inputs.size()) {
      interruption.checkAt(++followed);
      int tensor = inputs.get(operand[depth]++);
      if (tensor != Node.ABSENT && writer[tensor] != NONE) {
        return writer[tensor];
      }
    }
    return NONE;
  }
}
