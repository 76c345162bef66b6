package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.graph.DataType;

/**
 * The version of an operator that first took the types it is used with, as TensorFlow Lite counts
 * them (tensorflow/compiler/mlir/lite/tools/versioning/op_version.cc). Runtimes refuse what is
 * newer than they are, so no version is higher than need be. What attributes add is with the
 * operators that have them.
 */
final class OperatorVersions {
  private OperatorVersions() {}

  static int of(BuiltinOperator operator, DataType type) {
    return switch (type) {
      case INT8 -> int8(operator);
      case INT16 -> int16(operator);
      default -> 1;
    };
  }

  private static int int8(BuiltinOperator operator) {
    return switch (operator) {
      case CONV_2D, DEPTHWISE_CONV_2D -> 3;
      case FULLY_CONNECTED -> 4;
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> 3;
      case ADD,
          SUB,
          MUL,
          MINIMUM,
          MAXIMUM,
          SQUARED_DIFFERENCE,
          AVERAGE_POOL_2D,
          MAX_POOL_2D,
          TRANSPOSE_CONV,
          BATCH_MATMUL,
          MEAN,
          SUM,
          REDUCE_MAX,
          REDUCE_MIN,
          REDUCE_PROD,
          ARG_MAX,
          RELU,
          RELU6,
          ABS,
          LOGISTIC,
          TANH,
          SOFTMAX,
          LOG_SOFTMAX,
          GELU,
          RSQRT,
          EXP,
          LOG,
          CONCATENATION,
          SPLIT,
          SPLIT_V,
          SLICE,
          STRIDED_SLICE,
          PAD,
          PADV2,
          MIRROR_PAD,
          TRANSPOSE,
          RESIZE_BILINEAR,
          RESIZE_NEAREST_NEIGHBOR,
          SPACE_TO_DEPTH,
          GATHER,
          DEQUANTIZE ->
          2;
      default -> 1;
    };
  }

  private static int int16(BuiltinOperator operator) {
    return switch (operator) {
      case CONV_2D, PAD, PADV2, STRIDED_SLICE, FULLY_CONNECTED -> 4;
      case DEPTHWISE_CONV_2D -> 5;
      case AVERAGE_POOL_2D, MAX_POOL_2D, CONCATENATION, SOFTMAX, LOGISTIC, TANH, RELU, RELU6 -> 3;
      case TRANSPOSE, SLICE, SPLIT, GATHER -> 4;
      case DEQUANTIZE -> 3;
      case QUANTIZE, LEAKY_RELU -> 2;
      default -> int8(operator);
    };
  }
}
