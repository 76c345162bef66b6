package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.graph.Operator;

/** What becomes of a kind of operator when the numbers around it are converted. */
enum Treatment {
  /** Computes in the new numbers. */
  COMPUTES,

  /** Turns numbers of one type into another: adapted to what its ends become, or left out. */
  CONVERTS,

  /**
   * Goes on computing with reals, between conversions: what it does is not known, so neither is
   * what it would do with other numbers. TensorFlow Lite's converter leaves such operators in float
   * likewise.
   */
  KEEPS_REALS;

  static Treatment of(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d o -> COMPUTES;
      case Operator.DepthwiseConv2d o -> COMPUTES;
      case Operator.TransposeConv2d o -> COMPUTES;
      case Operator.FullyConnected o -> COMPUTES;
      case Operator.BatchMatMul o -> COMPUTES;
      case Operator.Pool2d o -> COMPUTES;
      case Operator.GlobalPool2d o -> COMPUTES;
      case Operator.Reduce o -> COMPUTES;
      case Operator.Binary o -> COMPUTES;
      case Operator.Unary o -> COMPUTES;
      case Operator.PRelu o -> COMPUTES;
      case Operator.Concat o -> COMPUTES;
      case Operator.Split o -> COMPUTES;
      case Operator.Slice o -> COMPUTES;
      case Operator.StridedSlice o -> COMPUTES;
      case Operator.Pad o -> COMPUTES;
      case Operator.Reshape o -> COMPUTES;
      case Operator.Squeeze o -> COMPUTES;
      case Operator.ExpandDims o -> COMPUTES;
      case Operator.Transpose o -> COMPUTES;
      case Operator.Resize o -> COMPUTES;
      case Operator.Softmax o -> COMPUTES;
      case Operator.LogSoftmax o -> COMPUTES;
      case Operator.LayerNorm o -> COMPUTES;
      case Operator.Gather o -> COMPUTES;
      case Operator.ArgMax o -> COMPUTES;
      case Operator.DepthToSpace o -> COMPUTES;
      case Operator.SpaceToDepth o -> COMPUTES;
      case Operator.UnidirectionalLstm o -> COMPUTES;
      case Operator.Cast o -> CONVERTS;
      case Operator.Quantize o -> CONVERTS;
      case Operator.Dequantize o -> CONVERTS;
      case Operator.Custom o -> KEEPS_REALS;
    };
  }
}
