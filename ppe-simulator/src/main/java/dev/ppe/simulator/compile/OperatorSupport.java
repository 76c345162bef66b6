package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.PlacementRules;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which operators the accelerator executes: all that the machine has a block for, but for those
 * that its description leaves to the host. The presets of Coral leave what is not in the vendor's
 * published table of supported operations (coral.ai, "TensorFlow models on the Edge TPU").
 */
final class OperatorSupport {
  /** Biases are 32-bit whatever the activations are. */
  private static final Set<DataType> PARAMETER_TYPES =
      EnumSet.of(DataType.INT4, DataType.INT8, DataType.UINT8, DataType.INT32);

  private OperatorSupport() {}

  /** Why the accelerator cannot run {@code node}; empty if it can. */
  static Optional<String> obstacle(Graph graph, Node node, Accelerator accelerator) {
    Optional<String> operator = operatorObstacle(graph, node, accelerator.placement());
    return operator.isPresent() ? operator : typeObstacle(graph, node, accelerator);
  }

  private static Optional<String> operatorObstacle(Graph graph, Node node, PlacementRules rules) {
    if (rules.hostOperators().contains(PlacementRules.ALL_OPERATORS)) {
      return Optional.of("the host runs all operators");
    }
    if (rules.hostOperators().contains(node.operator().kind())) {
      return Optional.of("operator " + node.operator().kind() + " is not supported");
    }
    return switch (node.operator()) {
      case Operator.Custom custom -> Optional.of("operator " + custom.name() + " is not supported");
      case Operator.UnidirectionalLstm lstm when node.hasInput(16) ->
          Optional.of("lstm with a projection is not supported");
      case Operator.Pad pad when pad.mode() != Operator.PadMode.CONSTANT ->
          Optional.of("padding other than with a constant is not supported");
      case Operator.Resize resize -> upsamplingObstacle(graph, node, resize, rules);
      default -> Optional.empty();
    };
  }

  private static Optional<String> upsamplingObstacle(
      Graph graph, Node node, Operator.Resize resize, PlacementRules rules) {
    Shape input = graph.input(node, 0).shape();
    long most = rules.maxUpsampling();
    return resize.height() > most * input.dim(1) || resize.width() > most * input.dim(2)
        ? Optional.of("makes the image more than %d times larger".formatted(most))
        : Optional.empty();
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
              case STATE -> !tensor.type().isFloat() || accelerator.executes(tensor.type());
            };
        if (!fits) {
          return Optional.of(lower(tensor.type()) + " operand is not supported");
        }
      }
    }
    boolean makesIndices = node.operator() instanceof Operator.ArgMax;
    for (int index : node.outputs()) {
      DataType type = graph.tensor(index).type();
      if (!accelerator.executes(type) && !makesIndices) {
        return Optional.of(lower(type) + " result is not supported");
      }
    }
    return Optional.empty();
  }

  private static String lower(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
