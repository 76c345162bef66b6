package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.Set;

/**
 * What each operator of ONNX becomes; those not listed stay as custom ones under their own name,
 * with the shapes that the file declares.
 */
final class OperatorMapping {
  private OperatorMapping() {}

  /**
   * Writes what becomes of a node.
   *
   * @param absorbed gets the results of later nodes that are part of it
   */
  static void map(NodeView op, Set<String> absorbed) {
    switch (op.node().domain()) {
      case "" -> standard(op, absorbed);
      case "com.microsoft" -> contributed(op);
      default -> CustomOperators.declared(op);
    }
  }

  private static void standard(NodeView op, Set<String> absorbed) {
    switch (op.node().type()) {
      case "Conv" -> Convolutions.conv(op, absorbed);
      case "ConvTranspose" -> TransposedConvolutions.conv(op, absorbed);
      case "ConvInteger" -> Quantizers.convInteger(op, absorbed);
      case "Gemm" -> MatrixProducts.gemm(op, absorbed);
      case "MatMul" -> MatrixProducts.matMul(op, absorbed);
      case "MatMulInteger" -> Quantizers.matMulInteger(op, absorbed);
      case "LSTM" -> Recurrences.lstm(op);
      case "GRU" -> Recurrences.sequence(op, 3);
      case "RNN" -> Recurrences.sequence(op, 1);

      case "AveragePool" -> Pooling.pool(op, PoolFunction.AVERAGE, absorbed);
      case "MaxPool" -> Pooling.pool(op, PoolFunction.MAX, absorbed);
      case "GlobalAveragePool" -> Pooling.global(op, PoolFunction.AVERAGE);
      case "GlobalMaxPool" -> Pooling.global(op, PoolFunction.MAX);
      case "LpPool" -> CustomOperators.of(op, WindowShapes.pool(op));
      case "GlobalLpPool" -> CustomOperators.of(op, WindowShapes.global(op));
      case "ReduceMean" -> Reductions.reduce(op, ReduceFunction.MEAN);
      case "ReduceSum" -> Reductions.reduce(op, ReduceFunction.SUM);
      case "ReduceMax" -> Reductions.reduce(op, ReduceFunction.MAX);
      case "ReduceMin" -> Reductions.reduce(op, ReduceFunction.MIN);
      case "ReduceProd" -> Reductions.reduce(op, ReduceFunction.PRODUCT);
      case "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare", "ArgMin" ->
          CustomOperators.reduction(op);
      case "ArgMax" -> Reductions.argMax(op, absorbed);

      case "Add" -> Elementwise.binary(op, BinaryFunction.ADD, absorbed);
      case "Sub" -> Elementwise.binary(op, BinaryFunction.SUB, absorbed);
      case "Mul" -> Elementwise.multiply(op, absorbed);
      case "Div" -> Elementwise.binary(op, BinaryFunction.DIV, absorbed);
      case "Pow" -> Elementwise.pow(op, absorbed);
      case "Sum" -> Elementwise.variadic(op, BinaryFunction.ADD, absorbed);
      case "Min" -> Elementwise.variadic(op, BinaryFunction.MINIMUM, absorbed);
      case "Max" -> Elementwise.variadic(op, BinaryFunction.MAXIMUM, absorbed);
      case "PRelu" -> Elementwise.prelu(op);
      case "Clip" -> Elementwise.clip(op);
      case "HardSigmoid" -> Elementwise.hardSigmoid(op);
      case "Swish" -> Elementwise.swish(op);
      case "Reciprocal" -> Elementwise.reciprocal(op);
      case "Cast" -> Elementwise.cast(op);

      case "Relu" -> Elementwise.unary(op, UnaryFunction.RELU);
      case "LeakyRelu" -> Elementwise.unary(op, UnaryFunction.LEAKY_RELU);
      case "Elu" -> Elementwise.unary(op, UnaryFunction.ELU);
      case "Sigmoid" -> Elementwise.unary(op, UnaryFunction.LOGISTIC);
      case "Tanh" -> Elementwise.unary(op, UnaryFunction.TANH);
      case "HardSwish" -> Elementwise.unary(op, UnaryFunction.HARD_SWISH);
      case "Gelu" -> Elementwise.unary(op, UnaryFunction.GELU);
      case "Exp" -> Elementwise.unary(op, UnaryFunction.EXP);
      case "Log" -> Elementwise.unary(op, UnaryFunction.LOG);
      case "Sqrt" -> Elementwise.unary(op, UnaryFunction.SQRT);
      case "Abs" -> Elementwise.unary(op, UnaryFunction.ABS);
      case "Neg" -> Elementwise.unary(op, UnaryFunction.NEG);
      case "Sin" -> Elementwise.unary(op, UnaryFunction.SIN);
      case "Cos" -> Elementwise.unary(op, UnaryFunction.COS);
      case "Floor" -> Elementwise.unary(op, UnaryFunction.FLOOR);
      case "Ceil" -> Elementwise.unary(op, UnaryFunction.CEIL);
      case "Round" -> Elementwise.unary(op, UnaryFunction.ROUND);
      case "Erf" -> Elementwise.unary(op, UnaryFunction.ERF);
      case Idioms.RSQRT -> Elementwise.unary(op, UnaryFunction.RSQRT);
      case Idioms.SQUARED_DIFFERENCE ->
          Elementwise.binary(op, BinaryFunction.SQUARED_DIFFERENCE, absorbed);

      case "BatchNormalization" -> Normalisations.batch(op, absorbed);
      case "LayerNormalization" -> Normalisations.layer(op);
      case "Softmax" -> Normalisations.softmax(op, /* logarithm= */ false);
      case "LogSoftmax" -> Normalisations.softmax(op, /* logarithm= */ true);

      case "QuantizeLinear" -> Quantizers.quantize(op);
      case "DequantizeLinear" -> Quantizers.dequantize(op);
      case "DynamicQuantizeLinear" -> Quantizers.dynamic(op);

      case "Reshape" -> Reshapes.reshape(op);
      case "Flatten" -> Reshapes.flatten(op);
      case "Squeeze" -> Reshapes.squeeze(op);
      case "Unsqueeze" -> Reshapes.unsqueeze(op);
      case "Transpose" -> Reshapes.transpose(op);
      case "Concat" -> Movements.concat(op, absorbed);
      case "Split" -> Movements.split(op);
      case "Slice" -> Slices.slice(op, absorbed);
      case "Gather" -> Gathers.gather(op);
      case "GatherND" -> Gathers.gatherND(op);
      case "GatherElements" -> CustomOperators.of(op, op.shape(1));
      case "OneHot" -> CustomShapes.oneHot(op);
      case "TopK" -> CustomShapes.topK(op);
      case "Pad" -> Movements.pad(op);
      case "Expand" -> Movements.expand(op);
      case "Tile" -> Movements.tile(op);
      case "Resize", "Upsample" -> Resizes.resize(op);
      case "DepthToSpace" -> Movements.depthToSpace(op);
      case "SpaceToDepth" -> Movements.spaceToDepth(op);
      case "Identity", "Dropout" -> identity(op);

      case "InstanceNormalization",
          "GroupNormalization",
          "RMSNormalization",
          "LRN",
          "LpNormalization",
          "MeanVarianceNormalization",
          "Softplus",
          "Softsign",
          "Mish",
          "Selu",
          "Celu",
          "ThresholdedRelu",
          "Shrink",
          "Hardmax",
          "Sign",
          "Tan",
          "Asin",
          "Acos",
          "Atan",
          "Sinh",
          "Cosh",
          "Asinh",
          "Acosh",
          "Atanh",
          "Not",
          "IsNaN",
          "IsInf",
          "CumSum",
          "Trilu",
          "ScatterND",
          "ScatterElements",
          "ReverseSequence" ->
          CustomOperators.sameShape(op);
      case "Equal",
          "Less",
          "LessOrEqual",
          "Greater",
          "GreaterOrEqual",
          "And",
          "Or",
          "Xor",
          "Mod",
          "Where",
          "Mean",
          "BitShift" ->
          CustomOperators.broadcast(op);
      default -> CustomOperators.declared(op);
    }
  }

  /** Operators of ONNX Runtime that its optimiser and quantiser write. */
  private static void contributed(NodeView op) {
    switch (op.node().type()) {
      case "Gelu", "FastGelu", "BiasGelu" -> Elementwise.gelu(op);
      case "QuickGelu" -> Elementwise.swish(op);
      case "SkipLayerNormalization" -> Normalisations.skipLayer(op);
      case "QuantizeLinear" -> Quantizers.quantize(op);
      case "DequantizeLinear" -> Quantizers.dequantize(op);
      default -> CustomOperators.declared(op);
    }
  }

  /** What training alone needs; whether an element was dropped nobody asks at run time. */
  private static void identity(NodeView op) {
    if (op.isRead(1)) {
      CustomOperators.declared(op);
    } else {
      op.result(op.value(0));
    }
  }
}
