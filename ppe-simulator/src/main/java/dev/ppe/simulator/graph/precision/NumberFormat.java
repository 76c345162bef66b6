package dev.ppe.simulator.graph.precision;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Tensor;

/**
 * What reals are converted to. Nothing here has seen data, so no tensor has a range of its own:
 * quantised ones are taken to span [-1, 1). Scales cost nothing.
 */
enum NumberFormat {
  INT8(DataType.INT8),
  BF16(DataType.BFLOAT16);

  private final DataType type;

  NumberFormat(DataType type) {
    this.type = type;
  }

  /** Element type of activations. */
  DataType type() {
    return type;
  }

  /** A real that is computed or provided by a caller. */
  Tensor activation(Tensor real) {
    return spanning(real, type);
  }

  /** A real that is stored in the model or kept between inferences. */
  Tensor stored(Tensor real, ParameterUse use) {
    return switch (this) {
      case BF16 -> spanning(real, type);
      case INT8 -> {
        DataType integer =
            switch (use.width()) {
              case NARROW -> DataType.INT8;
              case WIDE -> DataType.INT16;
              case ACCUMULATOR -> DataType.INT32;
            };
        boolean perChannel = use.axis().isPresent() && use.axis().getAsInt() < real.shape().rank();
        yield perChannel
            ? real.withType(integer, new Quantization.PerChannel(use.axis().getAsInt()))
            : spanning(real, integer);
      }
    };
  }

  private static Tensor spanning(Tensor real, DataType type) {
    return real.withType(
        type,
        type.isFloat()
            ? Quantization.NONE
            : new Quantization.PerTensor(1f / (1L << (type.bits() - 1)), 0));
  }

  /**
   * Whether {@code node} goes on with reals. Beside operators that are not known, those that turn
   * reals into plain integers and back: in 8 bits a scale would be between them.
   */
  boolean keepsReals(Graph graph, Node node) {
    return switch (Treatment.of(node.operator())) {
      case COMPUTES -> false;
      case KEEPS_REALS -> true;
      case CONVERTS ->
          this == INT8
              && node.operator() instanceof Operator.Cast
              && graph.input(node, 0).type().isFloat() != graph.output(node, 0).type().isFloat();
    };
  }

  /** How many operators compute with quantised integers other than these numbers. */
  int alreadyQuantized(Graph graph) {
    return Math.toIntExact(
        graph.nodes().stream()
            .filter(node -> Treatment.of(node.operator()) == Treatment.COMPUTES)
            .filter(node -> node.outputs().stream().map(graph::tensor).anyMatch(this::isForeign))
            .count());
  }

  private boolean isForeign(Tensor tensor) {
    return !tensor.type().isFloat()
        && tensor.type() != type
        && !(tensor.quantization() instanceof Quantization.None);
  }
}
