package dev.ppe.simulator.format.onnx.file;

import java.util.List;

/**
 * The graph of the file.
 *
 * @param nodes in execution order, as the format has it
 * @param initializers stored values
 * @param inputs declared inputs, among which older files list the stored values too
 * @param outputs declared outputs
 * @param values what is declared of values in between
 */
public record StoredGraph(
    String name,
    List<StoredNode> nodes,
    List<StoredTensor> initializers,
    List<DeclaredValue> inputs,
    List<DeclaredValue> outputs,
    List<DeclaredValue> values) {
  public StoredGraph {
    nodes = List.copyOf(nodes);
    initializers = List.copyOf(initializers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    values = List.copyOf(values);
  }
}
