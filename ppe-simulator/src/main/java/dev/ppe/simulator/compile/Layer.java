package dev.ppe.simulator.compile;

import java.util.List;

/**
 * A fused operator: what runs as one.
 *
 * @param name its main node's name
 * @param kind its main operator's kind, with what is fused: {@code pad+conv+relu}
 * @param nodes indices of its nodes, in order
 * @param main index of the node whose operator it mainly is
 * @param inputs activation and state tensors it reads
 * @param parameters stored tensors it reads
 * @param outputs tensors it writes for others
 * @param placement what runs it
 * @param stage as {@link PlacedNode#stage}
 */
public record Layer(
    String name,
    String kind,
    List<Integer> nodes,
    int main,
    List<Integer> inputs,
    List<Integer> parameters,
    List<Integer> outputs,
    Placement placement,
    int stage) {
  public Layer {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
    outputs = List.copyOf(outputs);
  }

  /** Whether the accelerator runs it. */
  public boolean onAccelerator() {
    return placement.onAccelerator();
  }
}
