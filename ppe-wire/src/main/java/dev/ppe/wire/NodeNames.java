package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Names;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The names of a canonical graph's nodes, taken out of the graph and put back into texts about it.
 *
 * <p>In place of its name node 12 is called {@code ^12^}, with a control character for the caret.
 * Whatever becomes of nodes on the way to an answer, where a name would have come out such a mark
 * does, and says which. Names are the only texts of a graph that come out, but for the names of
 * custom operators.
 */
final class NodeNames {
  /** ASCII's "substitute": what stands where a character could not. */
  private static final char MARK = '\u001a';

  private final List<String> names;

  private NodeNames(List<String> names) {
    this.names = names;
  }

  /** The names alone: the graph need not be kept for them. */
  static NodeNames of(Graph graph) {
    return new NodeNames(graph.nodes().stream().map(Node::name).toList());
  }

  /** The graph without any names. */
  static Graph without(Graph graph, Interruption interruption) {
    List<Node> nodes = new ArrayList<>(graph.nodes().size());
    for (Node node : graph.nodes()) {
      interruption.check();
      String mark = MARK + Integer.toString(nodes.size()) + MARK;
      nodes.add(new Node(mark, node.operator(), node.inputs(), node.outputs()));
    }
    List<Tensor> tensors = new ArrayList<>(graph.tensors().size());
    for (Tensor named : graph.tensors()) {
      interruption.check();
      tensors.add(new Tensor("", named.shape(), named.type(), named.quantization(), named.role()));
    }
    return new Graph("", tensors, nodes, graph.inputs(), graph.outputs());
  }

  /** Whether something else in a graph than a name might put a mark into an answer. */
  static boolean ambiguous(Graph graph, Interruption interruption) {
    for (Node node : graph.nodes()) {
      interruption.check();
      if (node.operator() instanceof Operator.Custom custom && isMarked(custom.name())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text has a mark in it. */
  static boolean isMarked(String text) {
    return text.indexOf(MARK) >= 0;
  }

  /** The text with names in place of the marks. */
  String in(String text) {
    return in(text, name -> name);
  }

  /** The same with names as long as reasons have them. */
  String inReason(String text) {
    return in(text, Names::brief);
  }

  private String in(String text, UnaryOperator<String> form) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int copied = 0;
    while (mark >= 0) {
      int end = text.indexOf(MARK, mark + 1);
      int node = Integer.parseInt(text, mark + 1, end, 10);
      result.append(text, copied, mark).append(form.apply(names.get(node)));
      copied = end + 1;
      mark = text.indexOf(MARK, copied);
    }
    return result.append(text, copied, text.length()).toString();
  }
}
