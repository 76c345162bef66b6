package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.NodeOrder;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of a network while parts are taken together: who writes a tensor, and for whom. */
final class Parts {
  private final Graph graph;
  private final Interruption interruption;
  private final Map<Integer, Node> writers = new HashMap<>();
  private final Set<Integer> outputs;
  private final Map<Node, Node> whole = new HashMap<>();

  Parts(Graph graph, Interruption interruption) {
    this.graph = graph;
    this.interruption = interruption;
    this.outputs = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      interruption.check();
      node.outputs().forEach(output -> writers.put(output, node));
    }
  }

  List<Node> inExecutionOrder() {
    int[] order = NodeOrder.topological(graph, interruption);
    return Arrays.stream(order).mapToObj(graph.nodes()::get).toList();
  }

  Shape shape(Node node, int position) {
    return graph.input(node, position).shape();
  }

  Shape result(Node node) {
    return graph.output(node, 0).shape();
  }

  /** The node that writes an operand, if that is a tensor between parts. */
  Optional<Node> before(Node node, int position) {
    return node.hasInput(position) && isPart(node.inputs().get(position))
        ? Optional.ofNullable(writers.get(node.inputs().get(position)))
        : Optional.empty();
  }

  private boolean isPart(int tensor) {
    return graph.tensor(tensor).name().endsWith(TfliteReader.PART) && !outputs.contains(tensor);
  }

  /** {@code operator} over what {@code first} reads, with the other operands of either. */
  static Node over(Node first, Node last, Operator operator) {
    List<Integer> operands = new ArrayList<>(first.inputs().subList(0, 1));
    List<Integer> others = first.inputs().size() > 1 ? first.inputs() : last.inputs();
    operands.addAll(others.subList(1, others.size()));
    return new Node(last.name(), operator, operands, last.outputs());
  }

  /** Puts {@code joined} in the place of {@code last}; the parts before it are read no more. */
  void replace(Node last, Node joined) {
    whole.put(last, joined);
    joined.outputs().forEach(output -> writers.put(output, joined));
  }

  /** The network without the parts that nothing reads any more. */
  Graph graph() {
    Set<Integer> read = new HashSet<>(outputs);
    Set<Node> kept = new HashSet<>();
    for (Node node : inExecutionOrder().reversed()) {
      interruption.check();
      Node joined = whole.getOrDefault(node, node);
      boolean leftOver =
          joined.outputs().stream().allMatch(output -> isPart(output) && !read.contains(output));
      if (!leftOver || joined.outputs().isEmpty()) {
        kept.add(node);
        read.addAll(joined.inputs());
      }
    }
    List<Node> nodes = new ArrayList<>(kept.size());
    for (Node node : graph.nodes()) {
      interruption.check();
      if (kept.contains(node)) {
        nodes.add(whole.getOrDefault(node, node));
      }
    }
    return new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());
  }
}
