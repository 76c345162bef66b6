package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.graph.Operator;
import java.util.OptionalInt;

/**
 * How an operator reads a stored operand, which decides what that becomes.
 *
 * @param width how wide its integers are
 * @param axis the axis of output channels, where each has a scale of its own
 */
record ParameterUse(Width width, OptionalInt axis) {
  /** Like any activation. */
  static final ParameterUse PLAIN = new ParameterUse(Width.NARROW, OptionalInt.empty());

  private static final ParameterUse WIDE = new ParameterUse(Width.WIDE, OptionalInt.empty());
  private static final ParameterUse LSTM_BIAS =
      new ParameterUse(Width.ACCUMULATOR, OptionalInt.empty());
  private static final ParameterUse BIAS = new ParameterUse(Width.ACCUMULATOR, OptionalInt.of(0));

  /** How wide integers are; narrowest first. */
  enum Width {
    /** 8 bits: weights, tables, operands of elementwise operators. */
    NARROW,
    /** 16 bits: what an LSTM keeps or multiplies between its products. */
    WIDE,
    /** 32 bits: what accumulators start from. */
    ACCUMULATOR
  }

  /** How an operator reads its operand at {@code position}. */
  static ParameterUse of(Operator operator, int position) {
    return switch (operator) {
      case Operator.Conv2d o -> weighted(position, 0);
      case Operator.DepthwiseConv2d o -> weighted(position, 3);
      case Operator.TransposeConv2d o -> weighted(position, 0);
      case Operator.FullyConnected o -> weighted(position, 0);
      case Operator.UnidirectionalLstm o -> lstm(position);
      case Operator.BatchMatMul o -> PLAIN;
      case Operator.Pool2d o -> PLAIN;
      case Operator.GlobalPool2d o -> PLAIN;
      case Operator.Reduce o -> PLAIN;
      case Operator.Binary o -> PLAIN;
      case Operator.Unary o -> PLAIN;
      case Operator.PRelu o -> PLAIN;
      case Operator.Concat o -> PLAIN;
      case Operator.Split o -> PLAIN;
      case Operator.Slice o -> PLAIN;
      case Operator.StridedSlice o -> PLAIN;
      case Operator.Pad o -> PLAIN;
      case Operator.Reshape o -> PLAIN;
      case Operator.Squeeze o -> PLAIN;
      case Operator.ExpandDims o -> PLAIN;
      case Operator.Transpose o -> PLAIN;
      case Operator.Resize o -> PLAIN;
      case Operator.Softmax o -> PLAIN;
      case Operator.LogSoftmax o -> PLAIN;
      case Operator.LayerNorm o -> PLAIN;
      case Operator.Gather o -> PLAIN;
      case Operator.ArgMax o -> PLAIN;
      case Operator.Cast o -> PLAIN;
      case Operator.Quantize o -> PLAIN;
      case Operator.Dequantize o -> PLAIN;
      case Operator.DepthToSpace o -> PLAIN;
      case Operator.SpaceToDepth o -> PLAIN;
      case Operator.Custom o -> PLAIN;
    };
  }

  private static ParameterUse weighted(int position, int channelAxis) {
    return switch (position) {
      case 1 -> new ParameterUse(Width.NARROW, OptionalInt.of(channelAxis));
      case 2 -> BIAS;
      default -> PLAIN;
    };
  }

  private static ParameterUse lstm(int position) {
    return switch (position) {
      case 9, 10, 11, 19, 20, 21, 22, 23 -> WIDE; // peepholes, cell state, normalisation
      case 12, 13, 14, 15, 17 -> LSTM_BIAS;
      default -> PLAIN;
    };
  }

  /**
   * The use of an operand that is read in both ways, in whichever order they are listed: a tied
   * embedding is a table and a layer's weights. Scales per channel are for those alone who agree on
   * them.
   */
  ParameterUse and(ParameterUse other) {
    return new ParameterUse(
        width.compareTo(other.width) >= 0 ? width : other.width,
        axis.equals(other.axis) ? axis : OptionalInt.empty());
  }
}
