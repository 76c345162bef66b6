package dev.ppe.simulator.format.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Models of one node each, on the pattern of ONNX's own node tests: its name, its attributes'
 * corner cases. All dimensions of an input differ, so that a mistaken axis shows.
 */
final class NodeCases {
  static final int NEWEST = 17;

  private final Map<String, OnnxFile> files = new LinkedHashMap<>();

  Map<String, OnnxFile> files() {
    return files;
  }

  /** A model of operator set 17; the result is {@code y}. */
  NodeCases add(String name, UnaryOperator<OnnxFile> nodes) {
    return add(NEWEST, name, nodes);
  }

  NodeCases add(int opset, String name, UnaryOperator<OnnxFile> nodes) {
    String key = "%s (operator set %d)".formatted(name, opset);
    if (files.put(key, nodes.apply(OnnxFile.opset(opset)).output("y")) != null) {
      throw new IllegalArgumentException("two cases are called " + key);
    }
    return this;
  }

  /** As above with a node that does nothing: its result is {@code i}, and another one reads it. */
  NodeCases idle(int opset, String name, UnaryOperator<OnnxFile> nodes) {
    return add(opset, name, f -> nodes.apply(f).node("Neg", "i", "y"));
  }

  /** As above with a result whose shape the file declares. */
  NodeCases declared(int opset, String name, UnaryOperator<OnnxFile> nodes, int... shape) {
    String key = "%s (operator set %d)".formatted(name, opset);
    files.put(key, nodes.apply(OnnxFile.opset(opset)).output("y", shape));
    return this;
  }
}
