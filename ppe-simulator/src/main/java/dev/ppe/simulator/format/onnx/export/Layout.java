package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the axes of a graph's tensor lie in the file: axis i there is axis {@code axes[i]} here.
 *
 * @param axes each axis of the tensor once
 */
record Layout(List<Integer> axes) {
  /** Feature maps: [N, H, W, C] here, [N, C, H, W] in the file. */
  static final Layout CHANNELS_FIRST = new Layout(List.of(0, 3, 1, 2));

  Layout {
    axes = List.copyOf(axes);
  }

  /** As they are. */
  static Layout plain(int rank) {
    return new Layout(IntStream.range(0, rank).boxed().toList());
  }

  boolean isPlain() {
    return equals(plain(axes.size()));
  }

  /** Where {@code axis} of the tensor is in the file. */
  int file(int axis) {
    return axes.indexOf(axis);
  }

  List<Integer> shape(Shape shape) {
    return axes.stream().map(shape::dim).toList();
  }

  /** Values that belong to the tensor's axes, in the file's order. */
  <T> List<T> arrange(List<T> values) {
    return axes.stream().map(values::get).toList();
  }

  /** The permutation, in the file, from this layout to {@code other}. */
  List<Integer> permutationTo(Layout other) {
    return other.axes.stream().map(this::file).toList();
  }

  /** The layout of what is left without some axes of the tensor. */
  Layout without(List<Integer> dropped) {
    List<Integer> left = new ArrayList<>();
    for (int axis : axes) {
      if (!dropped.contains(axis)) {
        left.add(axis - (int) dropped.stream().filter(d -> d < axis).count());
      }
    }
    return new Layout(left);
  }

  /** Whether the elements of a tensor of this shape come in the same sequence either way. */
  boolean keepsSequence(Shape shape) {
    List<Integer> significant = axes.stream().filter(axis -> shape.dim(axis) != 1).toList();
    return significant.equals(significant.stream().sorted().toList());
  }
}
