package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.Concat;
import dev.ppe.simulator.graph.Operator.Pad;
import dev.ppe.simulator.graph.Operator.Split;
import dev.ppe.simulator.graph.Operator.Squeeze;
import java.util.ArrayList;
import java.util.List;

/** Shapes of operators that only move elements. */
final class LayoutShapes {
  private LayoutShapes() {}

  static Shape concat(Concat concat, Operands in) {
    Shape first = in.shape(0);
    int axis = first.axis(concat.axis());
    long sum = 0;
    for (int i = 0; i < in.count(); i++) {
      Shape shape = in.shape(i);
      if (shape.rank() != first.rank() || !shape.with(axis, 0).equals(first.with(axis, 0))) {
        throw new IllegalArgumentException(
            "operand %d %s differs from %s in more than axis %d".formatted(i, shape, first, axis));
      }
      sum += shape.dim(axis);
    }
    return first.with(axis, dimension(sum));
  }

  static List<Shape> split(Split split, Shape input) {
    int axis = input.axis(split.axis());
    long sum = split.sizes().stream().mapToLong(Integer::longValue).sum();
    if (sum != input.dim(axis)) {
      throw new IllegalArgumentException(
          split.sizes().size()
              + " sizes add up to "
              + sum
              + ", not to dimension "
              + axis
              + " of "
              + input);
    }
    return split.sizes().stream().map(size -> input.with(axis, size)).toList();
  }

  static Shape pad(Pad pad, Shape input) {
    if (pad.before().size() != input.rank() || pad.after().size() != input.rank()) {
      throw new IllegalArgumentException(
          "pads %d dimensions of input %s".formatted(pad.before().size(), input));
    }
    int[] result = input.toArray();
    for (int i = 0; i < result.length; i++) {
      int before = pad.before().get(i);
      int after = pad.after().get(i);
      if (before < 0 || after < 0) {
        throw new IllegalArgumentException(
            "pads dimension %d by %d and %d: must be 0 or more".formatted(i, before, after));
      }
      result[i] = dimension((long) result[i] + before + after);
    }
    return Shape.of(result);
  }

  static Shape reshape(List<Integer> target, Shape input) {
    int[] result = target.stream().mapToInt(Integer::intValue).toArray();
    int open = -1;
    for (int i = 0; i < result.length; i++) {
      if (result[i] == -1) {
        if (open >= 0) {
          throw new IllegalArgumentException("target shape " + target + " has -1 twice");
        }
        open = i;
        result[i] = 1;
      }
    }
    Shape rest = Shape.of(result);
    if (open >= 0) {
      if (rest.elements() == 0 || input.elements() % rest.elements() != 0) {
        throw new IllegalArgumentException(
            "input %s cannot take target shape %s".formatted(input, target));
      }
      rest = rest.with(open, dimension(input.elements() / rest.elements()));
    }
    if (rest.elements() != input.elements()) {
      throw new IllegalArgumentException(
          "input %s has %d elements, target shape %s has %d"
              .formatted(input, input.elements(), target, rest.elements()));
    }
    return rest;
  }

  static Shape squeeze(Squeeze squeeze, Shape input) {
    boolean[] dropped = new boolean[input.rank()];
    for (int axis : squeeze.axes()) {
      int resolved = input.axis(axis);
      if (input.dim(resolved) != 1) {
        throw new IllegalArgumentException(
            "squeezes axis " + axis + " of " + input + ", which is not 1");
      }
      dropped[resolved] = true;
    }
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      boolean drop = squeeze.axes().isEmpty() ? input.dim(i) == 1 : dropped[i];
      if (!drop) {
        result.add(input.dim(i));
      }
    }
    return Shape.of(result);
  }

  static Shape expandDims(int axis, Shape input) {
    int resolved = axis < 0 ? axis + input.rank() + 1 : axis;
    if (resolved < 0 || resolved > input.rank()) {
      throw new IllegalArgumentException("cannot insert axis " + axis + " into " + input);
    }
    List<Integer> result = new ArrayList<>(input.toList());
    result.add(resolved, 1);
    return Shape.of(result);
  }

  static Shape transpose(List<Integer> permutation, Shape input) {
    List<Integer> axes = permutation.stream().map(input::axis).toList();
    if (axes.size() != input.rank() || axes.stream().distinct().count() != input.rank()) {
      throw new IllegalArgumentException(
          "permutation " + permutation + " does not name each axis of " + input + " once");
    }
    return Shape.of(axes.stream().map(input::dim).toList());
  }

  static Shape depthToSpace(int block, Shape input) {
    long area = (long) block * block;
    if (input.dim(3) % area != 0) {
      throw new IllegalArgumentException(
          "channels of %s do not divide by block %d squared".formatted(input, block));
    }
    return Shape.of(
        input.dim(0),
        dimension((long) input.dim(1) * block),
        dimension((long) input.dim(2) * block),
        (int) (input.dim(3) / area));
  }

  static Shape spaceToDepth(int block, Shape input) {
    if (input.dim(1) % block != 0 || input.dim(2) % block != 0) {
      throw new IllegalArgumentException(
          "height and width of %s do not divide by block %d".formatted(input, block));
    }
    // An area past the int range gives no shape anyway; capped, the product fits a long.
    long channels = Math.min((long) block * block, 1L << 31) * input.dim(3);
    return Shape.of(input.dim(0), input.dim(1) / block, input.dim(2) / block, dimension(channels));
  }

  static int dimension(long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a dimension of " + value + " is out of range");
    }
    return (int) value;
  }
}
