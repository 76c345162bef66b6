package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.tflite.OperatorView.Mapped;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import java.util.List;

/** Convolutions, pooling, matrix products and recurrent cells. */
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static Mapped conv(OperatorView op) {
    Options options = op.options(1);
    Window window =
        new Window(
            op.shape(1).dim(1),
            op.shape(1).dim(2),
            options.int32(2, 0),
            options.int32(1, 0),
            options.int32(5, 1),
            options.int32(4, 1),
            options.padding(0));
    int groups = quotient(op.shape(0).innermost(), op.shape(1).innermost());
    Operator conv = new Operator.Conv2d(window, groups, options.activation(3));
    return op.isNamed(2, TfliteReader.ABSENT_BIAS) ? op.as(conv, 0, 1) : op.as(conv, 0, 1, 2);
  }

  /**
   * The depth multiplier comes from the weights: the stored one is redundant, and wrong in some
   * files.
   */
  static Mapped depthwise(OperatorView op) {
    Options options = op.options(2);
    Window window =
        new Window(
            op.shape(1).dim(1),
            op.shape(1).dim(2),
            options.int32(2, 0),
            options.int32(1, 0),
            options.int32(6, 1),
            options.int32(5, 1),
            options.padding(0));
    int multiplier = quotient(op.shape(1).innermost(), op.shape(0).innermost());
    return op.as(new Operator.DepthwiseConv2d(window, multiplier, options.activation(4)), 0, 1, 2);
  }

  /** Operands in the file: the output's shape, weights, input, bias. */
  static Mapped transpose(OperatorView op) {
    Options options = op.options(49);
    List<Integer> output = op.integers(0).orElseGet(() -> op.declared().toList());
    if (output.size() != 4) {
      throw new IllegalArgumentException("its output shape " + output + " must have rank 4");
    }
    Padding padding = options.padding(0);
    Window window =
        new Window(
            op.shape(1).dim(1),
            op.shape(1).dim(2),
            options.int32(2, 0),
            options.int32(1, 0),
            1,
            1,
            padding);
    return op.as(
        new Operator.TransposeConv2d(window, output.get(1), output.get(2), options.activation(3)),
        2,
        1,
        3);
  }

  static Mapped pool(OperatorView op, PoolFunction function) {
    Options options = op.options(5);
    Window window =
        new Window(
            options.int32(4, 0),
            options.int32(3, 0),
            options.int32(2, 0),
            options.int32(1, 0),
            1,
            1,
            options.padding(0));
    return op.as(new Operator.Pool2d(function, window, options.activation(5)), 0);
  }

  static Mapped fullyConnected(OperatorView op) {
    Options options = op.options(8);
    return op.as(new Operator.FullyConnected(options.bool(2), options.activation(0)), 0, 1, 2);
  }

  static Mapped batchMatMul(OperatorView op) {
    Options options = op.options(101);
    return op.as(new Operator.BatchMatMul(options.bool(0), options.bool(1)), 0, 1);
  }

  static Mapped lstm(OperatorView op) {
    return op.withAllOperands(new Operator.UnidirectionalLstm(op.options(71).bool(3)));
  }

  /** How often {@code part} fits; 1 where it does not, for shape inference to say why. */
  private static int quotient(int whole, int part) {
    return part > 0 && whole % part == 0 ? Math.max(1, whole / part) : 1;
  }
}
