package dev.ppe.simulator.format.onnx.file;

import java.util.List;

/** The value of a node's attribute. */
public sealed interface Attribute {
  /** An integer. */
  record Whole(long value) implements Attribute {}

  /** A number. */
  record Real(float value) implements Attribute {}

  /** A text. */
  record Text(String value) implements Attribute {}

  /** Integers. */
  record Wholes(List<Long> values) implements Attribute {
    public Wholes {
      values = List.copyOf(values);
    }
  }

  /** Numbers. */
  record Reals(List<Float> values) implements Attribute {
    public Reals {
      values = List.copyOf(values);
    }
  }

  /** A stored tensor. */
  record Stored(StoredTensor tensor) implements Attribute {}

  /** A graph of its own: a branch or a loop's body, which is not looked into. */
  record Subgraph() implements Attribute {}

  /** Anything else. */
  record Other() implements Attribute {}
}
