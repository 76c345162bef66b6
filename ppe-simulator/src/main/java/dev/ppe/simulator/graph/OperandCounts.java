package dev.ppe.simulator.graph;

/** How many operands an operator reads at most, optional ones included. */
final class OperandCounts {
  private static final int ANY = Integer.MAX_VALUE;
  private static final int LSTM = 24;

  private OperandCounts() {}

  /**
   * Refuses operands that the operator has no use for: whatever they were meant for, no answer
   * would count it.
   *
   * @throws IllegalArgumentException if there are too many
   */
  static void check(Operator operator, int count) {
    int most = most(operator);
    if (count > most) {
      throw new IllegalArgumentException(
          "has %d operands, must have %d at most".formatted(count, most));
    }
  }

  private static int most(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> 3;
      case Operator.DepthwiseConv2d conv -> 3;
      case Operator.TransposeConv2d conv -> 3;
      case Operator.FullyConnected fc -> 3;
      case Operator.LayerNorm norm -> 3;
      case Operator.BatchMatMul matmul -> 2;
      case Operator.Binary binary -> 2;
      case Operator.PRelu prelu -> 2;
      case Operator.Gather gather -> 2;
      case Operator.UnidirectionalLstm lstm -> LSTM;
      case Operator.Concat concat -> ANY;
      case Operator.Custom custom -> ANY;
      case Operator.Pool2d pool -> 1;
      case Operator.GlobalPool2d pool -> 1;
      case Operator.Reduce reduce -> 1;
      case Operator.ArgMax argMax -> 1;
      case Operator.Unary unary -> 1;
      case Operator.Cast cast -> 1;
      case Operator.Quantize quantize -> 1;
      case Operator.Dequantize dequantize -> 1;
      case Operator.Softmax softmax -> 1;
      case Operator.LogSoftmax softmax -> 1;
      case Operator.Resize resize -> 1;
      case Operator.Split split -> 1;
      case Operator.Pad pad -> 1;
      case Operator.Reshape reshape -> 1;
      case Operator.Squeeze squeeze -> 1;
      case Operator.ExpandDims expand -> 1;
      case Operator.Transpose transpose -> 1;
      case Operator.DepthToSpace d2s -> 1;
      case Operator.SpaceToDepth s2d -> 1;
      case Operator.Slice slice -> 1;
      case Operator.StridedSlice slice -> 1;
    };
  }
}
