package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import java.util.OptionalInt;

/** The schema's numbers for types and fused activations. */
final class TypeCodes {
  private TypeCodes() {}

  static int of(DataType type) {
    return switch (type) {
      case FLOAT32 -> 0;
      case FLOAT16 -> 1;
      case INT32 -> 2;
      case UINT8 -> 3;
      case INT64 -> 4;
      case BOOL -> 6;
      case INT16 -> 7;
      case INT8 -> 9;
      case FLOAT64 -> 10;
      case UINT64 -> 12;
      case OPAQUE -> 13; // a resource
      case UINT32 -> 15;
      case UINT16 -> 16;
      case INT4 -> 17;
      case BFLOAT16 -> 18;
    };
  }

  /**
   * The code of a fused activation; empty for those that are operators of their own, or that
   * kernels pass over though there is a code.
   */
  static OptionalInt of(Activation activation) {
    return switch (activation) {
      case NONE -> OptionalInt.of(0);
      case RELU -> OptionalInt.of(1);
      case RELU_N1_TO_1 -> OptionalInt.of(2);
      case RELU6 -> OptionalInt.of(3);
      case SIGN_BIT -> OptionalInt.of(5);
      case TANH, LOGISTIC, HARD_SWISH -> OptionalInt.empty();
    };
  }
}
