package dev.ppe.simulator.graph;

import java.util.List;

/**
 * A network: a directed acyclic graph of nodes over tensors.
 *
 * <p>A {@code Graph} value may hold any mistake; {@link GraphVerifier#verify} is what tells.
 * Everything past the importers sees verified graphs only.
 *
 * @param name for people
 * @param tensors all tensors; nodes refer to them by index
 * @param nodes all nodes, in any order
 * @param inputs the tensors that a caller provides, by index
 * @param outputs the tensors that a caller gets, by index
 */
public record Graph(
    String name,
    List<Tensor> tensors,
    List<Node> nodes,
    List<Integer> inputs,
    List<Integer> outputs) {

  public Graph {
    tensors = List.copyOf(tensors);
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The tensor at {@code index}. */
  public Tensor tensor(int index) {
    return tensors.get(index);
  }

  /** The tensor that {@code node} reads as operand {@code position}, which must be there. */
  public Tensor input(Node node, int position) {
    return tensors.get(node.inputs().get(position));
  }

  /** The tensor that {@code node} writes as result {@code position}. */
  public Tensor output(Node node, int position) {
    return tensors.get(node.outputs().get(position));
  }

  /** This graph under another name. */
  public Graph withName(String other) {
    return new Graph(other, tensors, nodes, inputs, outputs);
  }
}
