package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.onnx.file.DeclaredValue;
import dev.ppe.simulator.format.onnx.file.StoredGraph;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who writes and who reads each value, of the nodes that some output of the graph needs. Whoever
 * goes from node to node asks here, and so whether the model is still wanted.
 */
final class Wiring {
  private final List<StoredNode> nodes;
  private final Map<String, StoredNode> writers = new HashMap<>();
  private final Map<String, List<StoredNode>> readers = new HashMap<>();
  private final Set<String> outputs;
  private final Interruption interruption;
  private int asked;

  private Wiring(List<StoredNode> nodes, Set<String> outputs, Interruption interruption) {
    this.nodes = List.copyOf(nodes);
    this.outputs = Set.copyOf(outputs);
    this.interruption = interruption;
    for (StoredNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && writers.put(output, node) != null) {
          throw new ModelFormatException(
              node.place(), "writes \"" + output + "\", which is written already");
        }
      }
      for (String input : node.inputs()) {
        checkWanted();
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
    }
  }

  static Wiring of(StoredGraph graph, Interruption interruption) {
    Set<String> outputs = new HashSet<>();
    for (DeclaredValue output : graph.outputs()) {
      interruption.checkAt(outputs.size());
      outputs.add(output.name());
    }
    return new Wiring(needed(graph.nodes(), outputs, interruption), outputs, interruption);
  }

  /** The same outputs from other nodes. */
  Wiring with(List<StoredNode> others) {
    return new Wiring(needed(others, outputs, interruption), outputs, interruption);
  }

  /** Execution order is the file's, so that one pass from the end finds what is needed. */
  private static List<StoredNode> needed(
      List<StoredNode> nodes, Set<String> outputs, Interruption interruption) {
    Set<String> wanted = new HashSet<>(outputs);
    List<StoredNode> needed = new ArrayList<>();
    for (StoredNode node : nodes.reversed()) {
      interruption.check();
      if (node.outputs().stream()
          .anyMatch(output -> !output.isEmpty() && wanted.contains(output))) {
        wanted.addAll(node.inputs());
        needed.add(node);
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  /** Asks now and then whether the model is still wanted, in loops over nodes and operands. */
  void checkWanted() {
    interruption.checkAt(++asked);
  }

  List<StoredNode> nodes() {
    return nodes;
  }

  boolean isOutput(String name) {
    return outputs.contains(name);
  }

  Optional<StoredNode> writer(String name) {
    return Optional.ofNullable(writers.get(name));
  }

  /** Of one value there may be millions: whoever goes through them asks at each. */
  List<StoredNode> readers(String name) {
    checkWanted();
    return name.isEmpty() ? List.of() : readers.getOrDefault(name, List.of());
  }

  /** The node that alone reads {@code name}, once, if the graph's caller does not see it. */
  Optional<StoredNode> soleReader(String name) {
    List<StoredNode> all = readers(name);
    return all.size() == 1 && !isOutput(name) ? Optional.of(all.getFirst()) : Optional.empty();
  }
}
