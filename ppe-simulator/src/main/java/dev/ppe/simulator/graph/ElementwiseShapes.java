package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.LayerNorm;
import java.util.ArrayList;
import java.util.List;

/** Shapes of elementwise operators, normalisations and reductions. */
final class ElementwiseShapes {
  private ElementwiseShapes() {}

  /** NumPy's broadcasting of two shapes. */
  static Shape broadcast(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    int[] result = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int l = i <= left.rank() ? left.dim(left.rank() - i) : 1;
      int r = i <= right.rank() ? right.dim(right.rank() - i) : 1;
      if (l != r && l != 1 && r != 1) {
        throw new IllegalArgumentException(
            "operands " + left + " and " + right + " do not broadcast");
      }
      result[rank - i] = l == 1 ? r : l;
    }
    return Shape.of(result);
  }

  /** The target, if the other operand broadcasts to it without changing it. */
  static Shape broadcastTo(Shape target, Shape other) {
    if (!broadcast(target, other).equals(target)) {
      throw new IllegalArgumentException("operand " + other + " does not broadcast to " + target);
    }
    return target;
  }

  static Shape along(int axis, Shape input) {
    input.axis(axis);
    return input;
  }

  static Shape layerNorm(LayerNorm norm, Operands in) {
    Shape input = in.shape(0);
    if (norm.axes() > input.rank()) {
      throw new IllegalArgumentException("normalises " + norm.axes() + " axes of input " + input);
    }
    for (int i = 1; i <= 2; i++) {
      if (in.has(i)) {
        broadcastTo(input, in.shape(i));
      }
    }
    return input;
  }

  static Shape reduce(Shape input, List<Integer> axes, boolean keepDimensions) {
    boolean[] reduced = new boolean[input.rank()];
    for (int axis : axes) {
      reduced[input.axis(axis)] = true;
    }
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      if (!axes.isEmpty() && !reduced[i]) {
        result.add(input.dim(i));
      } else if (keepDimensions) {
        result.add(1);
      }
    }
    return Shape.of(result);
  }
}
