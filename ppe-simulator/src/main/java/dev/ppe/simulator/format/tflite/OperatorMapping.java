package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.tflite.OperatorView.Mapped;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;

/**
 * What each operator of TFLite becomes; those not listed stay as custom ones under their own name.
 */
final class OperatorMapping {
  private static final String FLEX_ERF = "FlexErf";

  private OperatorMapping() {}

  static Mapped map(OperatorView op) {
    return op.stored().builtin().map(builtin -> map(builtin, op)).orElseGet(() -> custom(op));
  }

  /** One of TensorFlow's own operators, as converters keep it where the format has none. */
  private static Mapped custom(OperatorView op) {
    return op.stored().kind().equals(FLEX_ERF)
        ? ElementwiseOperators.unary(op, UnaryFunction.ERF)
        : op.custom();
  }

  private static Mapped map(BuiltinOperator builtin, OperatorView op) {
    return switch (builtin) {
      case CONV_2D -> ConvolutionOperators.conv(op);
      case DEPTHWISE_CONV_2D -> ConvolutionOperators.depthwise(op);
      case TRANSPOSE_CONV -> ConvolutionOperators.transpose(op);
      case FULLY_CONNECTED -> ConvolutionOperators.fullyConnected(op);
      case BATCH_MATMUL -> ConvolutionOperators.batchMatMul(op);
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> ConvolutionOperators.lstm(op);
      case AVERAGE_POOL_2D -> ConvolutionOperators.pool(op, PoolFunction.AVERAGE);
      case MAX_POOL_2D -> ConvolutionOperators.pool(op, PoolFunction.MAX);

      case MEAN -> ElementwiseOperators.reduce(op, ReduceFunction.MEAN);
      case SUM -> ElementwiseOperators.reduce(op, ReduceFunction.SUM);
      case REDUCE_MAX -> ElementwiseOperators.reduce(op, ReduceFunction.MAX);
      case REDUCE_MIN -> ElementwiseOperators.reduce(op, ReduceFunction.MIN);
      case REDUCE_PROD -> ElementwiseOperators.reduce(op, ReduceFunction.PRODUCT);
      case ARG_MAX -> ElementwiseOperators.argMax(op);

      case ADD -> ElementwiseOperators.fusedBinary(op, BinaryFunction.ADD, 11);
      case SUB -> ElementwiseOperators.fusedBinary(op, BinaryFunction.SUB, 28);
      case MUL -> ElementwiseOperators.fusedBinary(op, BinaryFunction.MUL, 21);
      case DIV -> ElementwiseOperators.fusedBinary(op, BinaryFunction.DIV, 29);
      case MINIMUM -> ElementwiseOperators.binary(op, BinaryFunction.MINIMUM);
      case MAXIMUM -> ElementwiseOperators.binary(op, BinaryFunction.MAXIMUM);
      case SQUARED_DIFFERENCE -> ElementwiseOperators.binary(op, BinaryFunction.SQUARED_DIFFERENCE);
      case POW -> ElementwiseOperators.binary(op, BinaryFunction.POW);

      case RELU -> ElementwiseOperators.unary(op, UnaryFunction.RELU);
      case RELU6 -> ElementwiseOperators.unary(op, UnaryFunction.RELU6);
      case RELU_N1_TO_1 -> ElementwiseOperators.unary(op, UnaryFunction.RELU_N1_TO_1);
      case LEAKY_RELU -> ElementwiseOperators.unary(op, UnaryFunction.LEAKY_RELU);
      case ELU -> ElementwiseOperators.unary(op, UnaryFunction.ELU);
      case LOGISTIC -> ElementwiseOperators.unary(op, UnaryFunction.LOGISTIC);
      case TANH -> ElementwiseOperators.unary(op, UnaryFunction.TANH);
      case HARD_SWISH -> ElementwiseOperators.unary(op, UnaryFunction.HARD_SWISH);
      case GELU -> ElementwiseOperators.unary(op, UnaryFunction.GELU);
      case EXP -> ElementwiseOperators.unary(op, UnaryFunction.EXP);
      case LOG -> ElementwiseOperators.unary(op, UnaryFunction.LOG);
      case SQRT -> ElementwiseOperators.unary(op, UnaryFunction.SQRT);
      case RSQRT -> ElementwiseOperators.unary(op, UnaryFunction.RSQRT);
      case SQUARE -> ElementwiseOperators.unary(op, UnaryFunction.SQUARE);
      case ABS -> ElementwiseOperators.unary(op, UnaryFunction.ABS);
      case NEG -> ElementwiseOperators.unary(op, UnaryFunction.NEG);
      case SIN -> ElementwiseOperators.unary(op, UnaryFunction.SIN);
      case COS -> ElementwiseOperators.unary(op, UnaryFunction.COS);
      case FLOOR -> ElementwiseOperators.unary(op, UnaryFunction.FLOOR);
      case CEIL -> ElementwiseOperators.unary(op, UnaryFunction.CEIL);
      case ROUND -> ElementwiseOperators.unary(op, UnaryFunction.ROUND);

      case PRELU -> op.as(new Operator.PRelu(), 0, 1);
      case SOFTMAX -> op.as(new Operator.Softmax(-1), 0);
      case LOG_SOFTMAX -> op.as(new Operator.LogSoftmax(-1), 0);
      case CAST -> ElementwiseOperators.cast(op);
      case QUANTIZE -> op.as(new Operator.Quantize(), 0);
      case DEQUANTIZE -> op.as(new Operator.Dequantize(), 0);
      case GATHER -> ElementwiseOperators.gather(op);
      case EMBEDDING_LOOKUP -> ElementwiseOperators.embeddingLookup(op);

      case CONCATENATION -> LayoutOperators.concat(op);
      case SPLIT -> LayoutOperators.split(op);
      case SPLIT_V -> LayoutOperators.splitV(op);
      case SLICE -> LayoutOperators.slice(op);
      case STRIDED_SLICE -> LayoutOperators.stridedSlice(op);
      case PAD, PADV2 -> LayoutOperators.pad(op, PadMode.CONSTANT);
      case MIRROR_PAD -> LayoutOperators.mirrorPad(op);
      case RESHAPE -> LayoutOperators.reshape(op);
      case SQUEEZE -> LayoutOperators.squeeze(op);
      case EXPAND_DIMS -> LayoutOperators.expandDims(op);
      case TRANSPOSE -> LayoutOperators.transpose(op);
      case RESIZE_BILINEAR -> LayoutOperators.resize(op, ResizeMethod.BILINEAR);
      case RESIZE_NEAREST_NEIGHBOR -> LayoutOperators.resize(op, ResizeMethod.NEAREST);
      case DEPTH_TO_SPACE -> LayoutOperators.depthToSpace(op);
      case SPACE_TO_DEPTH -> LayoutOperators.spaceToDepth(op);

      default -> op.custom();
    };
  }
}
