package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Padding;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of an operator: a table that may be absent, each field then having its default.
 */
record Options(Optional<FlatTable> table) {

  int int32(int field, int absent) {
    return table.map(t -> t.int32(field, absent)).orElse(absent);
  }

  boolean bool(int field) {
    return table.map(t -> t.bool(field)).orElse(false);
  }

  List<Integer> ints(int field) {
    return table.map(t -> t.vector(field).ints(Values.MAX_ATTRIBUTE)).orElse(List.of());
  }

  int int8(int field) {
    return table.map(t -> t.int8(field, 0)).orElse(0);
  }

  Activation activation(int field) {
    int code = int8(field);
    return switch (code) {
      case 0 -> Activation.NONE;
      case 1 -> Activation.RELU;
      case 2 -> Activation.RELU_N1_TO_1;
      case 3 -> Activation.RELU6;
      case 4 -> Activation.TANH;
      case 5 -> Activation.SIGN_BIT;
      default -> throw new IllegalArgumentException("its fused activation " + code + " is unknown");
    };
  }

  Padding padding(int field) {
    int code = int8(field);
    return switch (code) {
      case 0 -> Padding.SAME;
      case 1 -> Padding.VALID;
      default -> throw new IllegalArgumentException("its padding " + code + " is unknown");
    };
  }
}
