package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shapes of operators that are kept for the host, but whose rules are plain. */
final class CustomShapes {
  private CustomShapes() {}

  /** Tuples of indices [..., n], each of which picks what is left of the table behind n axes. */
  static void gatherND(NodeView op, int batch) {
    Shape table = op.shape(0);
    Shape indices = op.shape(1);
    int picked = indices.rank() == 0 ? 0 : batch + indices.innermost();
    if (indices.rank() == 0 || batch < 0 || picked > table.rank()) {
      throw new IllegalArgumentException(
          "indices %s with %d batch dimensions do not fit table %s"
              .formatted(indices, batch, table));
    }
    List<Integer> result = new ArrayList<>(indices.toList().subList(0, indices.rank() - 1));
    result.addAll(table.toList().subList(picked, table.rank()));
    CustomOperators.of(op, Shape.of(result));
  }

  /** Operands: indices, how many classes, the two values. */
  static void oneHot(NodeView op) {
    Optional<Integer> classes = op.integers(1).filter(list -> list.size() == 1).map(List::getFirst);
    if (classes.isEmpty()) {
      CustomOperators.declared(op);
      return;
    }
    List<Integer> result = new ArrayList<>(op.shape(0).toList());
    int axis = op.whole("axis", -1);
    int at = axis < 0 ? axis + result.size() + 1 : axis;
    if (at < 0 || at > result.size()) {
      throw new IllegalArgumentException("adds axis " + axis + " to " + op.shape(0));
    }
    result.add(at, classes.get());
    CustomOperators.of(op, Shape.of(result));
  }

  /** Results: the largest elements along an axis, and their places. */
  static void topK(NodeView op) {
    Optional<Integer> count =
        op.has(1)
            ? op.integers(1).filter(list -> list.size() == 1).map(List::getFirst)
            : Optional.of(op.whole("k", 1));
    if (count.isEmpty()) {
      CustomOperators.declared(op);
      return;
    }
    Shape shape = op.shape(0);
    Shape result = shape.with(shape.axis(op.whole("axis", -1)), count.get());
    CustomOperators.results(
        op, List.of(result, result).subList(0, Math.min(2, op.node().outputs().size())));
  }

  /** A product of which one operand is a vector, whose axis goes. */
  static void vectorProduct(NodeView op) {
    Shape left = op.shape(0);
    Shape right = op.shape(1);
    int depth = right.rank() == 0 ? 0 : right.dim(Math.max(0, right.rank() - 2));
    if (left.rank() == 0 || depth == 0 || left.innermost() != depth) {
      throw new IllegalArgumentException(
          "operands %s and %s do not multiply".formatted(left, right));
    }
    List<Integer> result = new ArrayList<>();
    if (right.rank() > 1) {
      result.addAll(right.toList().subList(0, right.rank() - 2));
      result.add(right.innermost());
    } else {
      result.addAll(left.toList().subList(0, left.rank() - 1));
    }
    CustomOperators.of(op, Shape.of(result));
  }
}
