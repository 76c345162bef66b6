package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.graph.Activation.NONE;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Normalisations and the softmax. */
final class Normalisations {
  private Normalisations() {}

  /** One that no convolution takes in: a product and a sum with an element for each channel. */
  static void batch(NodeView op, Set<String> absorbed) {
    Optional<Stored> scale = op.stored(1);
    Optional<Stored> offset = op.stored(2);
    if (scale.isEmpty() || offset.isEmpty() || op.shape(0).rank() < 2) {
      CustomOperators.sameShape(op);
      return;
    }
    Tail tail = new Tail(op, absorbed).ofActivation();
    Activation scaled =
        Elementwise.binary(
            op, BinaryFunction.MUL, op.value(0), alongChannels(scale.get(), op.shape(0)), NONE);
    tail.result(
        Elementwise.binary(
            op,
            BinaryFunction.ADD,
            scaled,
            alongChannels(offset.get(), op.shape(0)),
            tail.activation()));
  }

  private static Stored alongChannels(Stored parameter, Shape map) {
    List<Integer> dimensions = new ArrayList<>(Collections.nCopies(map.rank() - 1, 1));
    dimensions.set(0, map.dim(1));
    if (parameter.shape().elements() != map.dim(1)) {
      throw new IllegalArgumentException(
          "parameters %s do not fit the channels of %s".formatted(parameter.shape(), map));
    }
    return parameter.withShape(Shape.of(dimensions));
  }

  /** Operands: input, scale, offset?. */
  static void layer(NodeView op) {
    layer(op, op.value(0), op.whole("axis", -1), op.has(2));
  }

  private static void layer(NodeView op, Value input, int from, boolean hasOffset) {
    int rank = input.shape().rank();
    int axis = input.shape().axis(from);
    Activation plain = op.activation(input);
    boolean innermost = true;
    for (int i = axis; i < rank; i++) {
      innermost &= plain.order().file(i) == i;
    }
    Activation ordered =
        innermost ? plain : op.graph().reorder(op.name(), plain, AxisOrder.identity(rank));
    boolean scaled = op.has(1) && !op.node().input(1).endsWith(OnnxReader.ABSENT_SCALE);
    int scale = scaled ? parameter(op, op.value(1)) : Node.ABSENT;
    int offset = hasOffset ? parameter(op, op.value(2)) : Node.ABSENT;
    op.result(op.apply(new Operator.LayerNorm(rank - axis), ordered, scale, offset));
  }

  private static int parameter(NodeView op, Value value) {
    return op.operand(value, AxisOrder.identity(value.shape().rank()));
  }

  /** ONNX Runtime's sum and normalisation in one; operands: input, skip, scale, offset?, bias?. */
  static void skipLayer(NodeView op) {
    if (op.isRead(1) || op.isRead(2)) {
      CustomOperators.declared(op);
      return;
    }
    Activation sum = Elementwise.binary(op, BinaryFunction.ADD, op.value(0), op.value(1), NONE);
    if (op.has(4)) {
      sum = Elementwise.binary(op, BinaryFunction.ADD, sum, op.value(4), NONE);
    }
    int scale = parameter(op, op.value(2));
    int offset = op.has(3) ? parameter(op, op.value(3)) : Node.ABSENT;
    op.result(op.apply(new Operator.LayerNorm(1), sum, scale, offset));
  }

  /** Before operator set 13 all axes from the given one on are one. */
  static void softmax(NodeView op, boolean logarithm) {
    Activation input = op.activation(0);
    Shape shape = input.shape();
    int axis = shape.axis(op.whole("axis", op.opset() < 13 ? 1 : -1));
    Shape inner = Shape.of(shape.toList().subList(axis, shape.rank()));
    if (op.opset() >= 13 || inner.elements() == shape.dim(axis)) {
      op.result(softmax(op, input, axis, logarithm));
      return;
    }
    Shape outer = Shape.of(shape.toList().subList(0, axis));
    Shape matrix = Shape.of((int) outer.elements(), (int) inner.elements());
    Activation rows = op.activation(Reshapes.to(op, input, matrix));
    op.result(Reshapes.to(op, softmax(op, rows, 1, logarithm), shape));
  }

  private static Activation softmax(NodeView op, Activation input, int axis, boolean logarithm) {
    int at = input.order().graph(axis);
    int along = at == input.shape().rank() - 1 ? -1 : at;
    return op.apply(
        logarithm ? new Operator.LogSoftmax(along) : new Operator.Softmax(along), input);
  }
}
