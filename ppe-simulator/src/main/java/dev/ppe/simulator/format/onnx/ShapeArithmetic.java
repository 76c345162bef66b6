package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.ElementTypes;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Computes what exporters write as nodes though it is known beforehand: targets of reshapes, sizes
 * and scales, from shapes and other small constants.
 */
final class ShapeArithmetic {
  private ShapeArithmetic() {}

  /** The result of a node whose operands are all constants, if it is one of arithmetic. */
  static Optional<Constant> evaluate(NodeView op, List<Constant> in) {
    return switch (op.node().type()) {
      case "Add", "Sum" -> binary(in, Double::sum);
      case "Sub" -> binary(in, (a, b) -> a - b);
      case "Mul" -> binary(in, (a, b) -> a * b);
      case "Div" -> in.size() == 2 ? divide(in) : Optional.empty();
      case "Mod" -> binary(in, (a, b) -> a - b * Math.floor(a / b));
      case "Pow" -> binary(in, Math::pow);
      case "Min" -> binary(in, Math::min);
      case "Max" -> binary(in, Math::max);
      case "Neg" -> unary(in, a -> -a);
      case "Abs" -> unary(in, Math::abs);
      case "Sqrt" -> unary(in, Math::sqrt);
      case "Exp" -> unary(in, Math::exp);
      case "Floor" -> unary(in, Math::floor);
      case "Ceil" -> unary(in, Math::ceil);
      case "Round" -> unary(in, Math::rint);
      case "Reciprocal" -> unary(in, a -> 1 / a);
      case "Not" -> unary(in, a -> a == 0 ? 1 : 0);
      case "Equal" -> compare(in, (a, b) -> a == b ? 1 : 0);
      case "Less" -> compare(in, (a, b) -> a < b ? 1 : 0);
      case "LessOrEqual" -> compare(in, (a, b) -> a <= b ? 1 : 0);
      case "Greater" -> compare(in, (a, b) -> a > b ? 1 : 0);
      case "GreaterOrEqual" -> compare(in, (a, b) -> a >= b ? 1 : 0);
      case "And" -> compare(in, (a, b) -> a != 0 && b != 0 ? 1 : 0);
      case "Or" -> compare(in, (a, b) -> a != 0 || b != 0 ? 1 : 0);
      case "Where" -> in.size() == 3 ? where(in) : Optional.empty();
      case "Cast" -> in.stream().findFirst().map(value -> cast(value, op.whole("to", 0)));
      case "Gather" -> in.size() == 2 ? gather(in.get(0), in.get(1)) : Optional.empty();
      case "Concat" -> concat(in);
      case "Slice" -> slice(op, in.getFirst());
      case "Range" -> in.size() == 3 ? range(in) : Optional.empty();
      case "ConstantOfShape" -> constantOfShape(op, in.getFirst());
      case "ReduceProd" -> reduce(op, in.getFirst(), 1, (a, b) -> a * b);
      case "ReduceSum" -> reduce(op, in.getFirst(), 0, Double::sum);
      case "ReduceMax" -> reduce(op, in.getFirst(), Double.NEGATIVE_INFINITY, Math::max);
      case "ReduceMin" -> reduce(op, in.getFirst(), Double.POSITIVE_INFINITY, Math::min);
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> binary(List<Constant> in, DoubleBinaryOperator function) {
    return in.size() == 2
        ? in.get(0).combine(in.get(1), in.get(0).type(), function)
        : Optional.empty();
  }

  private static Optional<Constant> compare(List<Constant> in, DoubleBinaryOperator function) {
    return in.size() == 2
        ? in.get(0).combine(in.get(1), DataType.BOOL, function)
        : Optional.empty();
  }

  private static Optional<Constant> unary(List<Constant> in, DoubleUnaryOperator function) {
    Constant value = in.getFirst();
    Constant zero = new Constant(value.type(), Shape.of(), 0);
    return value.combine(zero, value.type(), (a, b) -> function.applyAsDouble(a));
  }

  /** Between integers it cuts off towards zero. */
  private static Optional<Constant> divide(List<Constant> in) {
    boolean real = in.getFirst().type().isFloat();
    return binary(in, (a, b) -> real ? a / b : truncate(a / b));
  }

  private static double truncate(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  private static Constant cast(Constant value, int to) {
    DataType type = ElementTypes.of(to);
    Constant zero = new Constant(type, Shape.of(), 0);
    DoubleBinaryOperator function =
        type == DataType.BOOL
            ? (a, b) -> a == 0 ? 0 : 1
            : type.isFloat() ? (a, b) -> a : (a, b) -> truncate(a);
    return value.combine(zero, type, function).orElseThrow();
  }

  private static Optional<Constant> where(List<Constant> in) {
    Constant choice = in.get(0);
    Constant yes = in.get(1);
    Constant no = in.get(2);
    Optional<Constant> kept =
        choice.combine(yes, yes.type(), (c, value) -> c != 0 ? value : Double.NaN);
    return kept.flatMap(k -> k.combine(no, yes.type(), (a, b) -> Double.isNaN(a) ? b : a));
  }

  private static Optional<Constant> gather(Constant table, Constant indices) {
    if (table.shape().rank() != 1) {
      return Optional.empty();
    }
    int[] picked =
        indices.integers().stream()
            .mapToInt(index -> index < 0 ? index + table.count() : index)
            .toArray();
    for (int index : picked) {
      if (index < 0 || index >= table.count()) {
        throw new IllegalArgumentException("index " + index + " of " + table.count() + " elements");
      }
    }
    return Optional.of(table.pick(indices.shape(), picked));
  }

  private static Optional<Constant> concat(List<Constant> in) {
    List<Double> joined = new ArrayList<>();
    for (Constant part : in) {
      for (int i = 0; i < part.count(); i++) {
        joined.add(part.get(i));
      }
      if (part.shape().rank() != 1 || joined.size() > Constant.MAX_ELEMENTS) {
        return Optional.empty();
      }
    }
    return Optional.of(row(in.getFirst().type(), joined));
  }

  private static Constant row(DataType type, List<Double> values) {
    return new Constant(
        type, Shape.of(values.size()), values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Optional<Constant> slice(NodeView op, Constant value) {
    List<Slices.Range> ranges = Slices.ranges(op, value.shape());
    int[] indices = {0};
    for (int axis = 0; axis < ranges.size(); axis++) {
      Slices.Range range = ranges.get(axis);
      int size = value.shape().dim(axis);
      indices =
          Arrays.stream(indices)
              .flatMap(
                  index ->
                      IntStream.range(0, range.length())
                          .map(i -> index * size + range.begin() + i * range.step()))
              .toArray();
    }
    Shape sliced = Shape.of(ranges.stream().map(Slices.Range::length).toList());
    return Optional.of(value.pick(sliced, indices));
  }

  private static Optional<Constant> range(List<Constant> in) {
    double start = in.get(0).single();
    double step = in.get(2).single();
    double count = Math.max(0, Math.ceil((in.get(1).single() - start) / step));
    if (!(count <= Constant.MAX_ELEMENTS)) {
      return Optional.empty();
    }
    return Optional.of(
        new Constant(
            in.getFirst().type(),
            Shape.of((int) count),
            IntStream.range(0, (int) count).mapToDouble(i -> start + i * step).toArray()));
  }

  private static Optional<Constant> constantOfShape(NodeView op, Constant dimensions) {
    Shape shape = Shape.of(dimensions.integers());
    if (shape.elements() > Constant.MAX_ELEMENTS) {
      return Optional.empty();
    }
    Optional<Constant> value =
        op.attribute("value")
            .filter(Attribute.Stored.class::isInstance)
            .map(Attribute.Stored.class::cast)
            .flatMap(stored -> Constant.of(stored.tensor()));
    double[] values = new double[(int) shape.elements()];
    Arrays.fill(values, value.map(Constant::single).orElse(0.0));
    return Optional.of(
        new Constant(value.map(Constant::type).orElse(DataType.FLOAT32), shape, values));
  }

  private static Optional<Constant> reduce(
      NodeView op, Constant value, double start, DoubleBinaryOperator function) {
    if (value.shape().rank() > 1) {
      return Optional.empty();
    }
    double result = start;
    for (int i = 0; i < value.count(); i++) {
      result = function.applyAsDouble(result, value.get(i));
    }
    Shape shape = op.flag("keepdims", true) && value.shape().rank() == 1 ? Shape.of(1) : Shape.of();
    return Optional.of(new Constant(value.type(), shape, result));
  }
}
