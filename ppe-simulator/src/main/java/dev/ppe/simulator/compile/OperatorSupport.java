package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which operators the accelerator executes: those of the vendor's published table of supported
 * operations (coral.ai, "TensorFlow models on the Edge TPU"), and batched matrix products of two
 * activations beside them.
 */
final class OperatorSupport {
  private static final Set<BinaryFunction> BINARY =
      EnumSet.of(
          BinaryFunction.ADD,
          BinaryFunction.SUB,
          BinaryFunction.MUL,
          BinaryFunction.MINIMUM,
          BinaryFunction.MAXIMUM,
          BinaryFunction.SQUARED_DIFFERENCE);

  private static final Set<UnaryFunction> UNARY =
      EnumSet.of(
          UnaryFunction.RELU,
          UnaryFunction.RELU6,
          UnaryFunction.RELU_N1_TO_1,
          UnaryFunction.LOGISTIC,
          UnaryFunction.TANH,
          UnaryFunction.RSQRT);

  private static final Set<ReduceFunction> REDUCE =
      EnumSet.of(ReduceFunction.MEAN, ReduceFunction.SUM, ReduceFunction.MAX, ReduceFunction.MIN);

  /** Biases are 32-bit whatever the activations are. */
  private static final Set<DataType> PARAMETER_TYPES =
      EnumSet.of(DataType.INT4, DataType.INT8, DataType.UINT8, DataType.INT32);

  private OperatorSupport() {}

  /** Why the accelerator cannot run {@code node}; empty if it can. */
  static Optional<String> obstacle(Graph graph, Node node, Accelerator accelerator) {
    Optional<String> operator = operatorObstacle(node);
    return operator.isPresent() ? operator : typeObstacle(graph, node, accelerator);
  }

  private static Optional<String> operatorObstacle(Node node) {
    return switch (node.operator()) {
      case Operator.Custom custom -> Optional.of("operator " + custom.name() + " is not supported");
      case Operator.Binary binary when !BINARY.contains(binary.function()) -> unsupported(node);
      case Operator.Unary unary when !UNARY.contains(unary.function()) -> unsupported(node);
      case Operator.Reduce reduce when !REDUCE.contains(reduce.function()) -> unsupported(node);
      case Operator.UnidirectionalLstm lstm when node.hasInput(16) ->
          Optional.of("lstm with a projection is not supported");
      case Operator.LogSoftmax l -> unsupported(node);
      case Operator.LayerNorm l -> unsupported(node);
      case Operator.Gather g -> unsupported(node);
      case Operator.ArgMax a -> unsupported(node);
      case Operator.Cast c -> unsupported(node);
      case Operator.DepthToSpace d -> unsupported(node);
      case Operator.Pad pad when pad.mode() != Operator.PadMode.CONSTANT ->
          Optional.of("padding other than with a constant is not supported");
      case Operator.Conv2d c -> Optional.empty();
      case Operator.DepthwiseConv2d d -> Optional.empty();
      case Operator.TransposeConv2d t -> Optional.empty();
      case Operator.FullyConnected f -> Optional.empty();
      case Operator.BatchMatMul b -> Optional.empty();
      case Operator.Pool2d p -> Optional.empty();
      case Operator.GlobalPool2d p -> Optional.empty();
      case Operator.Reduce r -> Optional.empty();
      case Operator.Binary b -> Optional.empty();
      case Operator.Unary u -> Optional.empty();
      case Operator.PRelu p -> Optional.empty();
      case Operator.Concat c -> Optional.empty();
      case Operator.Split s -> Optional.empty();
      case Operator.Slice s -> Optional.empty();
      case Operator.StridedSlice s -> Optional.empty();
      case Operator.Pad p -> Optional.empty();
      case Operator.Reshape r -> Optional.empty();
      case Operator.Squeeze s -> Optional.empty();
      case Operator.ExpandDims e -> Optional.empty();
      case Operator.Transpose t -> Optional.empty();
      case Operator.Resize r -> Optional.empty();
      case Operator.Softmax s -> Optional.empty();
      case Operator.Quantize q -> Optional.empty();
      case Operator.Dequantize d -> Optional.empty();
      case Operator.SpaceToDepth s -> Optional.empty();
      case Operator.UnidirectionalLstm l -> Optional.empty();
    };
  }

  private static Optional<String> unsupported(Node node) {
    return Optional.of("operator " + node.operator().kind() + " is not supported");
  }

  private static Optional<String> typeObstacle(Graph graph, Node node, Accelerator accelerator) {
    for (int index : node.inputs()) {
      if (index != Node.ABSENT) {
        Tensor tensor = graph.tensor(index);
        boolean fits =
            switch (tensor.role()) {
              case ACTIVATION -> accelerator.executes(tensor.type());
              case PARAMETER ->
                  PARAMETER_TYPES.contains(tensor.type()) || accelerator.executes(tensor.type());
              // An LSTM's cell state is 16 bits wide beside 8-bit activations.
              case STATE -> !tensor.type().isFloat();
            };
        if (!fits) {
          return Optional.of(lower(tensor.type()) + " operand is not supported");
        }
      }
    }
    for (int index : node.outputs()) {
      DataType type = graph.tensor(index).type();
      if (!accelerator.executes(type)) {
        return Optional.of(lower(type) + " result is not supported");
      }
    }
    return Optional.empty();
  }

  private static String lower(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
