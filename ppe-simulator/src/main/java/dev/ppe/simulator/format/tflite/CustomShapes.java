package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shapes of the operators that are kept as custom ones but whose shape rules are plain, for files
 * that do not declare the results' shapes.
 */
final class CustomShapes {
  private CustomShapes() {}

  /** The shape of each of its results, empty where only the file can tell. */
  static Optional<Shape> infer(OperatorView op) {
    return op.stored().builtin().flatMap(builtin -> infer(builtin, op));
  }

  private static Optional<Shape> infer(BuiltinOperator builtin, OperatorView op) {
    return switch (builtin) {
      case L2_NORMALIZATION,
          LOCAL_RESPONSE_NORMALIZATION,
          LOGICAL_NOT,
          RELU_0_TO_1,
          SIGN,
          ZEROS_LIKE,
          CUMSUM,
          FAKE_QUANT,
          REVERSE_V2,
          REVERSE_SEQUENCE,
          DYNAMIC_UPDATE_SLICE,
          ADD_N ->
          Optional.of(op.shape(0));
      case LESS,
          LESS_EQUAL,
          GREATER,
          GREATER_EQUAL,
          EQUAL,
          NOT_EQUAL,
          LOGICAL_AND,
          LOGICAL_OR,
          FLOOR_DIV,
          FLOOR_MOD,
          ATAN2,
          BITWISE_XOR,
          RIGHT_SHIFT ->
          Optional.of(broadcast(op.shape(0), op.shape(1)));
      case SELECT -> Optional.of(op.shape(1));
      case SELECT_V2 -> Optional.of(broadcast(op.shape(0), broadcast(op.shape(1), op.shape(2))));
      case SHAPE -> Optional.of(Shape.of(op.shape(0).rank()));
      case RANK -> Optional.of(Shape.of());
      case PACK -> Optional.of(pack(op.shape(0), op.options(59).int32(1, 0), op));
      case UNPACK -> Optional.of(unpack(op.shape(0), op.options(64).int32(1, 0)));
      default -> Optional.empty();
    };
  }

  private static Shape broadcast(Shape left, Shape right) {
    Operator add = new Operator.Binary(BinaryFunction.ADD, Activation.NONE);
    return ShapeInference.infer(add, List.of(Optional.of(left), Optional.of(right)))
        .orElseThrow()
        .getFirst();
  }

  private static Shape pack(Shape part, int axis, OperatorView op) {
    List<Integer> dimensions = new ArrayList<>(part.toList());
    int at = axis < 0 ? axis + part.rank() + 1 : axis;
    if (at < 0 || at > part.rank()) {
      throw new IllegalArgumentException("cannot pack " + part + " along axis " + axis);
    }
    dimensions.add(at, op.stored().inputs().size());
    return Shape.of(dimensions);
  }

  private static Shape unpack(Shape whole, int axis) {
    List<Integer> dimensions = new ArrayList<>(whole.toList());
    int at = whole.axis(axis);
    dimensions.subList(at, at + 1).clear();
    return Shape.of(dimensions);
  }
}
