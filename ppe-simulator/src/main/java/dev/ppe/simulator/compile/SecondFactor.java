package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.List;
import java.util.OptionalInt;

/**
 * The operand that cores take in lines as if it were weights, where it is an activation: attention
 * multiplies two of them.
 *
 * @param tensor which one; empty where second factors are weights
 * @param pieces in which it comes to the core memories
 * @param isFirst whether it is the first factor too
 * @param stays whether the core memory of a PE has room for all that it needs
 */
record SecondFactor(OptionalInt tensor, int pieces, boolean isFirst, boolean stays) {
  private static final SecondFactor NONE = new SecondFactor(OptionalInt.empty(), 0, false, true);

  /** Of a layer that is cut. */
  static SecondFactor of(Mapping mapping, int index) {
    OptionalInt tensor = tensor(mapping.graph(), mapping.layers().get(index));
    if (tensor.isEmpty()) {
      return NONE;
    }
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    Node node = mapping.graph().nodes().get(mapping.layers().get(index).main());
    long needed = Math.ceilDiv(tiling.loading().bytes(), tiling.split().parts());
    long coreMemory =
        mapping.accelerator().parameterMemory().stagingBytes() / mapping.accelerator().grid().pes();
    return new SecondFactor(
        tensor,
        tiling.loading().pieces(),
        node.inputs().getFirst() == tensor.getAsInt(),
        needed <= coreMemory);
  }

  /** The operand, if there is one, of a layer on the accelerator. */
  static OptionalInt tensor(Graph graph, Layer layer) {
    Node node = graph.nodes().get(layer.main());
    if (LoopNest.of(graph, node).isEmpty()) {
      return OptionalInt.empty();
    }
    int operand = TilingProblem.weights(node);
    boolean weights = graph.input(node, operand).isParameter();
    return weights ? OptionalInt.empty() : OptionalInt.of(node.inputs().get(operand));
  }

  /** Those of a layer's inputs that come part by part. */
  List<Integer> others(List<Integer> inputs) {
    return tensor.isEmpty() || isFirst
        ? inputs
        : inputs.stream().filter(input -> input != tensor.getAsInt()).toList();
  }

  /** It alone, if there is one. */
  List<Integer> asList() {
    return tensor.stream().boxed().toList();
  }

  /** How often it comes: in the first pass if it stays, else in each. */
  int times(int passes) {
    return stays ? 1 : passes;
  }
}
