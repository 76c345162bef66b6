package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.DataType;

/** Numbers of {@code TensorProto.DataType}. */
final class ElementCodes {
  private ElementCodes() {}

  static int of(DataType type) {
    return switch (type) {
      case FLOAT32 -> 1;
      case UINT8 -> 2;
      case INT8 -> 3;
      case UINT16 -> 4;
      case INT16 -> 5;
      case INT32 -> 6;
      case INT64 -> 7;
      case BOOL -> 9;
      case FLOAT16 -> 10;
      case FLOAT64 -> 11;
      case UINT32 -> 12;
      case UINT64 -> 13;
      case BFLOAT16 -> 16;
      case INT4, OPAQUE ->
          throw new IllegalArgumentException(
              "operator set %d has no type %s".formatted(OnnxFile.OPERATOR_SET, type));
    };
  }
}
