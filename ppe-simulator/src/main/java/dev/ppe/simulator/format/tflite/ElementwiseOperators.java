package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.tflite.OperatorView.Mapped;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;
import java.util.Optional;

/** Elementwise operators and reductions. */
final class ElementwiseOperators {
  private ElementwiseOperators() {}

  static Mapped unary(OperatorView op, UnaryFunction function) {
    return op.as(new Operator.Unary(function), 0);
  }

  static Mapped binary(OperatorView op, BinaryFunction function) {
    return op.as(new Operator.Binary(function, Activation.NONE), 0, 1);
  }

  /** A binary operator whose options start with a fused activation. */
  static Mapped fusedBinary(OperatorView op, BinaryFunction function, int optionsType) {
    Activation activation = op.options(optionsType).activation(0);
    return op.as(new Operator.Binary(function, activation), 0, 1);
  }

  /**
   * Without constant axes it stays a custom operator: they cannot be told from the result's shape.
   */
  static Mapped reduce(OperatorView op, ReduceFunction function) {
    boolean keepDimensions = op.options(27).bool(0);
    Optional<List<Integer>> axes = op.has(1) ? op.integers(1) : Optional.of(List.of());
    return axes.map(a -> op.as(new Operator.Reduce(function, a, keepDimensions), 0))
        .orElseGet(op::custom);
  }

  static Mapped argMax(OperatorView op) {
    return op.integer(1)
        .map(axis -> op.as(new Operator.ArgMax(axis, false, op.result().type()), 0))
        .orElseGet(op::custom);
  }

  static Mapped cast(OperatorView op) {
    return op.as(new Operator.Cast(op.result().type()), 0);
  }

  static Mapped gather(OperatorView op) {
    Options options = op.options(23);
    return op.as(new Operator.Gather(options.int32(0, 0), options.int32(1, 0)), 0, 1);
  }

  /** Operands in the file: indices, table. */
  static Mapped embeddingLookup(OperatorView op) {
    return op.as(new Operator.Gather(0, 0), 1, 0);
  }
}
