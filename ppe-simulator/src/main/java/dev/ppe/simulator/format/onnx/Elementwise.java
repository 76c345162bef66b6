package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.graph.Activation.NONE;
import static dev.ppe.simulator.graph.Activation.RELU6;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.ElementTypes;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Functions of each element: they take any axis order and keep it. */
final class Elementwise {
  private Elementwise() {}

  static void unary(NodeView op, UnaryFunction function) {
    op.result(unary(op, function, op.value(0)));
  }

  /** A function of each element may as well come before the flattening of a map. */
  private static Value unary(NodeView op, UnaryFunction function, Value value) {
    if (value instanceof Flattened flat) {
      Activation source = op.apply(new Operator.Unary(function), op.activation(flat.source()));
      return new Flattened(source, flat.shape(), flat.explicit());
    }
    return op.apply(new Operator.Unary(function), op.activation(value));
  }

  static void binary(NodeView op, BinaryFunction function, Set<String> absorbed) {
    Tail tail = new Tail(op, absorbed);
    if (fuses(function) || op.node().isOwn()) {
      tail.ofActivation();
    }
    tail.result(binary(op, function, op.value(0), op.value(1), tail.activation()));
  }

  private static boolean fuses(BinaryFunction function) {
    return switch (function) {
      case ADD, SUB, MUL, DIV -> true;
      case MINIMUM, MAXIMUM, SQUARED_DIFFERENCE, POW -> false;
    };
  }

  /** A function of any number of operands, as a chain of that of two. */
  static void variadic(NodeView op, BinaryFunction function, Set<String> absorbed) {
    int count = op.node().inputs().size();
    if (count == 2) {
      binary(op, function, absorbed);
      return;
    }
    Value result = op.value(0);
    for (int i = 1; i < count; i++) {
      result = binary(op, function, result, op.value(i), NONE);
    }
    op.result(result);
  }

  /** A square of our own is written as a product; of other tools it is one. */
  static void multiply(NodeView op, Set<String> absorbed) {
    if (op.node().kind().equals("square")) {
      unary(op, UnaryFunction.SQUARE);
    } else {
      binary(op, BinaryFunction.MUL, absorbed);
    }
  }

  static void pow(NodeView op, Set<String> absorbed) {
    Optional<Double> exponent =
        op.stored(1)
            .flatMap(Stored::constant)
            .filter(constant -> constant.count() == 1 && !op.node().isOwn())
            .map(Constant::single);
    if (exponent.filter(e -> e == 2).isPresent()) {
      unary(op, UnaryFunction.SQUARE);
    } else if (exponent.filter(e -> e == 0.5).isPresent()) {
      unary(op, UnaryFunction.SQRT);
    } else {
      binary(op, BinaryFunction.POW, absorbed);
    }
  }

  /**
   * A function of two operands, broadcast as NumPy does. The result has the axis order of the
   * operand of the higher rank, or the larger one; a stored operand is stored in that order.
   */
  static Activation binary(
      NodeView op,
      BinaryFunction function,
      Value left,
      Value right,
      dev.ppe.simulator.graph.Activation fused) {
    boolean leftLeads = leads(left, right);
    Activation lead = op.activation(leftLeads ? left : right);
    int other = beside(op, lead, leftLeads ? right : left);
    return op.graph()
        .apply(
            op.name(),
            new Operator.Binary(function, fused),
            leftLeads ? List.of(lead.tensor(), other) : List.of(other, lead.tensor()),
            lead.order(),
            op.like(lead));
  }

  private static boolean leads(Value left, Value right) {
    int leftRank = left.shape().rank();
    int rightRank = right.shape().rank();
    if (leftRank != rightRank) {
      return leftRank > rightRank;
    }
    boolean leftStored = left instanceof Stored;
    boolean rightStored = right instanceof Stored;
    return leftStored != rightStored
        ? rightStored
        : left.shape().elements() >= right.shape().elements();
  }

  private static int beside(NodeView op, Activation lead, Value other) {
    AxisOrder order = lead.order();
    Shape full = padded(other.shape(), order.rank());
    if (other instanceof Stored stored) {
      return stripped(op, stored.withShape(full), order);
    }
    if (other.shape().rank() == order.rank() || order.isIdentity()) {
      AxisOrder own =
          other.shape().rank() == order.rank() ? order : AxisOrder.identity(other.shape().rank());
      return op.operand(other, own);
    }
    Activation plain = op.activation(other, AxisOrder.identity(other.shape().rank()));
    AxisOrder target =
        order.sameSequence(AxisOrder.identity(order.rank()), full)
            ? order
            : AxisOrder.identity(order.rank());
    Activation wide = op.graph().reshape(op.name() + "/expand", plain, full, target);
    return op.operand(wide, order);
  }

  private static Shape padded(Shape shape, int rank) {
    List<Integer> dimensions = new ArrayList<>(shape.toList());
    while (dimensions.size() < rank) {
      dimensions.addFirst(1);
    }
    return Shape.of(dimensions);
  }

  /** The stored operand in the given order, without the outer dimensions of 1 that say nothing. */
  private static int stripped(NodeView op, Stored stored, AxisOrder order) {
    List<Integer> dimensions = new ArrayList<>(order.toGraph(stored.shape()).toList());
    while (!dimensions.isEmpty() && dimensions.getFirst() == 1) {
      dimensions.removeFirst();
    }
    AxisOrder plain = AxisOrder.identity(dimensions.size());
    return op.operand(stored.withShape(Shape.of(dimensions)), plain);
  }

  /** A range that is no rectifier: the larger of the lower bound, the smaller of the upper. */
  static void clip(NodeView op) {
    Optional<Clipping> range = Clipping.range(op.node(), op.values());
    if (range.isEmpty()) { // bounded at run time
      CustomOperators.sameShape(op);
      return;
    }
    Optional<dev.ppe.simulator.graph.Activation> activation = range.get().activation();
    if (activation.isPresent()) {
      switch (activation.get()) {
        case RELU -> unary(op, UnaryFunction.RELU);
        case RELU6 -> unary(op, UnaryFunction.RELU6);
        case RELU_N1_TO_1 -> unary(op, UnaryFunction.RELU_N1_TO_1);
        default -> op.result(op.value(0)); // no bound at all
      }
      return;
    }
    Activation value = op.activation(0);
    if (range.get().boundedBelow()) {
      value = withScalar(op, BinaryFunction.MAXIMUM, value, "min", NONE);
    }
    if (range.get().boundedAbove()) {
      value = withScalar(op, BinaryFunction.MINIMUM, value, "max", NONE);
    }
    op.result(value);
  }

  /** relu6(x + 3) / 6, as TensorFlow Lite has it; any other slope and offset cost the same. */
  static void hardSigmoid(NodeView op) {
    Activation shifted = withScalar(op, BinaryFunction.ADD, op.activation(0), "offset", RELU6);
    op.result(withScalar(op, BinaryFunction.MUL, shifted, "slope", NONE));
  }

  /** x times its logistic function. */
  static void swish(NodeView op) {
    Activation input = op.activation(0);
    Activation gate = op.apply(new Operator.Unary(UnaryFunction.LOGISTIC), input);
    op.result(binary(op, BinaryFunction.MUL, input, gate, NONE));
  }

  /** With or without a bias to be added first. */
  static void gelu(NodeView op) {
    Value input =
        op.has(1) ? binary(op, BinaryFunction.ADD, op.value(0), op.value(1), NONE) : op.value(0);
    op.result(unary(op, UnaryFunction.GELU, input));
  }

  /** One over x. */
  static void reciprocal(NodeView op) {
    Activation input = op.activation(0);
    Operator divide = new Operator.Binary(BinaryFunction.DIV, NONE);
    op.result(
        op.graph()
            .apply(
                op.name(),
                divide,
                List.of(op.scalar("one", input), input.tensor()),
                input.order(),
                op.like(input)));
  }

  private static Activation withScalar(
      NodeView op,
      BinaryFunction function,
      Activation value,
      String scalar,
      dev.ppe.simulator.graph.Activation fused) {
    return op.apply(new Operator.Binary(function, fused), value, op.scalar(scalar, value));
  }

  /**
   * The slopes broadcast to the input; one row of them that does not is taken to have an element
   * for each channel, as some exporters mean it.
   */
  static void prelu(NodeView op) {
    Activation input = op.activation(0);
    Value slopes = op.value(1);
    Shape shape = input.shape();
    if (slopes instanceof Stored stored
        && stored.shape().rank() == 1
        && shape.rank() > 2
        && shape.innermost() != stored.shape().dim(0)
        && shape.dim(1) == stored.shape().dim(0)) {
      List<Integer> dimensions = new ArrayList<>(Collections.nCopies(shape.rank() - 1, 1));
      dimensions.set(0, shape.dim(1));
      slopes = stored.withShape(Shape.of(dimensions));
    }
    op.result(op.apply(new Operator.PRelu(), input, beside(op, input, slopes)));
  }

  static void cast(NodeView op) {
    Activation input = op.activation(0);
    var type = ElementTypes.of(op.whole("to", 0));
    if (type == input.type() && !op.node().isOwn()) {
      op.result(input);
      return;
    }
    op.result(
        op.graph()
            .apply(
                op.name(),
                new Operator.Cast(type),
                List.of(input.tensor()),
                input.order(),
                Numbers.plain(type)));
  }
}
