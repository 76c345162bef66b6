package dev.ppe.simulator.format.keras;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which variable of the source holds which tensor of the graph. */
record KerasValues(Graph graph, KerasNames names, Map<Integer, String> variables) {

  KerasValues(Graph graph) {
    this(graph, new KerasNames(), new HashMap<>());
  }

  /** The variable that holds a tensor from here on. */
  String define(int tensor) {
    String variable = names.variable(graph.tensor(tensor).name());
    variables.put(tensor, variable);
    return variable;
  }

  /** The expression for a tensor. */
  String value(int tensor) {
    String known = variables.get(tensor);
    if (known == null) {
      throw new IllegalArgumentException(
          "\"%s\" is stored, and no layer of Keras holds it"
              .formatted(graph.tensor(tensor).name()));
    }
    return known;
  }

  /** The expression for an operand. */
  String operand(Node node, int position) {
    return value(node.inputs().get(position));
  }

  /** The expressions for all operands. */
  String operands(Node node) {
    return node.inputs().stream().map(this::value).collect(Collectors.joining(", "));
  }

  /** A tuple. */
  static String tuple(List<Integer> values) {
    return values.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", values.size() == 1 ? ",)" : ")"));
  }

  static String bool(boolean value) {
    return value ? "True" : "False";
  }
}
