package dev.ppe.simulator.format.onnx.export;

import java.util.List;

/** Attributes of nodes. Field and type numbers are those of {@code AttributeProto}. */
final class Attribute {
  private static final int NAME = 1;
  private static final int TYPE = 20;

  private Attribute() {}

  static Message whole(String name, long value) {
    return named(name).whole(3, value).whole(TYPE, 2);
  }

  static Message flag(String name, boolean value) {
    return whole(name, value ? 1 : 0);
  }

  static Message real(String name, float value) {
    return named(name).real(2, value).whole(TYPE, 1);
  }

  static Message text(String name, String value) {
    return named(name).text(4, value).whole(TYPE, 3);
  }

  static Message wholes(String name, List<Integer> values) {
    return named(name).wholes(8, values).whole(TYPE, 7);
  }

  private static Message named(String name) {
    return new Message().text(NAME, name);
  }
}
