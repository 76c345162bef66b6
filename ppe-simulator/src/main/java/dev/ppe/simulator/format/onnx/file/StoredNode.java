package dev.ppe.simulator.format.onnx.file;

import java.util.List;
import java.util.Map;

/**
 * One node of the file.
 *
 * @param index its place in the file
 * @param name for people; may be empty
 * @param type the operator's name
 * @param domain the operator set it is from; empty for ONNX's own
 * @param inputs names of values; empty where an optional one is left out
 * @param outputs names of values; empty where nothing reads them
 * @param attributes by name
 * @param kind of the operator that it stands for in a file of ours, as {@link WriterNotes} say;
 *     empty for nodes that only help, and in files of other tools
 */
public record StoredNode(
    int index,
    String name,
    String type,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes,
    String kind) {
  public StoredNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** Whether it is an operator of the network by itself: not to be put together or left out. */
  public boolean isOwn() {
    return !kind.isEmpty();
  }

  /** Names the node the way all messages do. */
  public String place() {
    return "node %d \"%s\" (%s)".formatted(index, label(), type);
  }

  /** Its name, or that of its first result. */
  public String label() {
    if (!name.isBlank()) {
      return name;
    }
    return outputs.stream().filter(output -> !output.isBlank()).findFirst().orElse(type);
  }

  /** The name of the operand at {@code position}, empty if it is left out. */
  public String input(int position) {
    return position < inputs.size() ? inputs.get(position) : "";
  }

  /** The name of the result at {@code position}, empty if nothing reads it. */
  public String output(int position) {
    return position < outputs.size() ? outputs.get(position) : "";
  }

  /** Another operator over other operands in this one's place. */
  public StoredNode as(
      String otherType, List<String> otherInputs, Map<String, Attribute> otherAttributes) {
    return new StoredNode(index, name, otherType, "", otherInputs, outputs, otherAttributes, kind);
  }

  /** This node with other attributes. */
  public StoredNode with(Map<String, Attribute> otherAttributes) {
    return new StoredNode(index, name, type, domain, inputs, outputs, otherAttributes, kind);
  }

  /** This node with another list of results. */
  public StoredNode writing(List<String> otherOutputs) {
    return new StoredNode(index, name, type, domain, inputs, otherOutputs, attributes, kind);
  }
}
