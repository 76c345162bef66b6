package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.graph.Activation.NONE;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators that are kept under their own name for the host. They read their operands as those lie,
 * and a result of their rank lies likewise: the host's code for either layout costs the same, and a
 * transposition would be ours, not the model's.
 */
final class CustomOperators {
  private CustomOperators() {}

  /** With the shapes that the file declares. */
  static void declared(NodeView op) {
    List<String> outputs = op.node().outputs();
    List<Shape> shapes = new ArrayList<>();
    for (String output : outputs) {
      shapes.add(
          op.declarations()
              .shape(output)
              .orElseGet(
                  () -> {
                    if (op.wiring().readers(output).isEmpty() && !op.wiring().isOutput(output)) {
                      return Shape.of();
                    }
                    throw new IllegalArgumentException(
                        ("is not known here, and the file does not declare the shape of its result \"%s\":"
                                + " run ONNX's shape inference over the model first")
                            .formatted(output));
                  }));
    }
    results(op, shapes);
  }

  /** One result of a shape that is known. */
  static void of(NodeView op, Shape result) {
    results(op, List.of(result));
  }

  /** One result like the first operand. */
  static void sameShape(NodeView op) {
    of(op, op.shape(0));
  }

  /** A function of each element of two or more operands. */
  static void broadcast(NodeView op) {
    Shape shape = op.shape(0);
    for (int i = 1; i < op.node().inputs().size(); i++) {
      shape = broadcast(shape, op.shape(i));
    }
    of(op, shape);
  }

  static Shape broadcast(Shape left, Shape right) {
    return infer(new Operator.Binary(BinaryFunction.ADD, NONE), left, right);
  }

  /** A reduction that has no counterpart. */
  static void reduction(NodeView op) {
    Shape shape = op.shape(0);
    boolean single = op.node().type().startsWith("Arg");
    List<Integer> axes =
        single ? List.of(shape.axis(op.whole("axis", 0))) : Reductions.axes(op, shape);
    boolean keep = op.flag("keepdims", true);
    of(
        op,
        axes.isEmpty() ? shape : infer(new Operator.Reduce(ReduceFunction.SUM, axes, keep), shape));
  }

  /** DynamicQuantizeLinear: the integers, and their scale and zero point. */
  static void dynamicQuantization(NodeView op) {
    results(op, List.of(op.shape(0), Shape.of(), Shape.of()));
  }

  private static Shape infer(Operator operator, Shape... operands) {
    return ShapeInference.infer(operator, List.of(operands).stream().map(Optional::of).toList())
        .orElseThrow()
        .getFirst();
  }

  static void results(NodeView op, List<Shape> shapes) {
    List<Integer> operands = new ArrayList<>();
    Optional<Activation> first = Optional.empty();
    for (int i = 0; i < op.node().inputs().size(); i++) {
      if (!op.has(i)) {
        operands.add(Node.ABSENT);
        continue;
      }
      Value value = op.value(i);
      Activation operand =
          op.node().isOwn()
              ? op.activation(value, AxisOrder.identity(value.shape().rank()))
              : op.activation(value);
      operands.add(operand.tensor());
      if (first.isEmpty() || (first.get().shape().rank() < 2 && !(value instanceof Stored))) {
        first = Optional.of(operand);
      }
    }
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      String output = op.node().output(i);
      int rank = shapes.get(i).rank();
      AxisOrder order =
          first
              .map(Activation::order)
              .filter(o -> o.rank() == rank)
              .orElseGet(() -> AxisOrder.identity(rank));
      Activation result =
          op.graph()
              .result(
                  output.isEmpty() ? op.name() : output,
                  order.toGraph(shapes.get(i)),
                  order,
                  numbers(op, i, first));
      results.add(result.tensor());
      op.result(i, result);
    }
    op.graph().add(new Node(op.name(), new Operator.Custom(op.node().type()), operands, results));
  }

  private static Numbers numbers(NodeView op, int position, Optional<Activation> first) {
    return op.integer()
        .or(() -> op.declarations().type(op.node().output(position)).map(Numbers::plain))
        .or(() -> ownType(op, position).map(Numbers::plain))
        .or(() -> first.map(operand -> Numbers.plain(operand.type())))
        .orElseGet(() -> Numbers.plain(DataType.FLOAT32));
  }

  /** Results of other types than the operands. */
  private static Optional<DataType> ownType(NodeView op, int position) {
    return switch (op.node().type()) {
      case "MaxPool", "TopK" -> position == 1 ? Optional.of(DataType.INT64) : Optional.empty();
      case "ArgMin" -> Optional.of(DataType.INT64);
      case "Equal",
          "Less",
          "LessOrEqual",
          "Greater",
          "GreaterOrEqual",
          "Not",
          "And",
          "Or",
          "Xor",
          "IsNaN",
          "IsInf" ->
          Optional.of(DataType.BOOL);
      case "DynamicQuantizeLinear" -> Optional.of(DataType.UINT8);
      default -> Optional.empty();
    };
  }
}
