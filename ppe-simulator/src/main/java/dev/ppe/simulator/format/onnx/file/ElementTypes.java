package dev.ppe.simulator.format.onnx.file;

import dev.ppe.simulator.graph.DataType;

/** ONNX's element types (TensorProto.DataType) by number. */
public final class ElementTypes {
  private ElementTypes() {}

  /**
   * The type of {@code number}.
   *
   * @throws IllegalArgumentException if there is none, or none that costs can be given for
   */
  public static DataType of(int number) {
    return switch (number) {
      case 1 -> DataType.FLOAT32;
      case 2 -> DataType.UINT8;
      case 3 -> DataType.INT8;
      case 4 -> DataType.UINT16;
      case 5 -> DataType.INT16;
      case 6 -> DataType.INT32;
      case 7 -> DataType.INT64;
      case 8, 14, 15 -> DataType.OPAQUE; // strings and complex numbers
      case 9 -> DataType.BOOL;
      case 10 -> DataType.FLOAT16;
      case 11 -> DataType.FLOAT64;
      case 12 -> DataType.UINT32;
      case 13 -> DataType.UINT64;
      case 16 -> DataType.BFLOAT16;
      case 21, 22 -> DataType.INT4; // as wide without a sign
      case 17, 18, 19, 20, 23, 24 ->
          throw new IllegalArgumentException(
              "its element type %d, of less than 16 bits in floating point, is not supported"
                  .formatted(number));
      default -> throw new IllegalArgumentException("its element type " + number + " is unknown");
    };
  }
}
