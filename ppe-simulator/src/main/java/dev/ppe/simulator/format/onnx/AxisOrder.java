package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the axes of a value in the file lie in the graph's tensor: axis i of the tensor is axis
 * {@code file(i)} of the value. A feature map is NCHW in the file and NHWC in the graph, and a
 * transposition is a change of order that moves nothing until somebody needs another one.
 */
final class AxisOrder {
  /** Of feature maps: [N, C, H, W] in the file, [N, H, W, C] in the graph. */
  static final AxisOrder CHANNELS_LAST = channelsLast(4);

  private final int[] axes;

  private AxisOrder(int... axes) {
    this.axes = axes;
  }

  /** As {@link #CHANNELS_LAST} for maps of {@code rank} 3 or more. */
  static AxisOrder channelsLast(int rank) {
    return new AxisOrder(
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray());
  }

  static AxisOrder of(List<Integer> axes) {
    return new AxisOrder(axes.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The file's own order. */
  static AxisOrder identity(int rank) {
    return new AxisOrder(IntStream.range(0, rank).toArray());
  }

  int rank() {
    return axes.length;
  }

  /** The value's axis that lies at {@code graphAxis} of the tensor. */
  int file(int graphAxis) {
    return axes[graphAxis];
  }

  /** Where {@code fileAxis} of the value lies in the tensor. */
  int graph(int fileAxis) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == fileAxis) {
        return i;
      }
    }
    throw new IllegalArgumentException("a value of rank " + rank() + " has no axis " + fileAxis);
  }

  boolean isIdentity() {
    return equals(identity(rank()));
  }

  /** The tensor's shape, for a value of {@code file} shape. */
  Shape toGraph(Shape file) {
    return Shape.of(Arrays.stream(axes).map(file::dim).toArray());
  }

  /** The value's shape, for a tensor of {@code graph} shape. */
  Shape toFile(Shape graph) {
    int[] dimensions = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      dimensions[axes[i]] = graph.dim(i);
    }
    return Shape.of(dimensions);
  }

  /**
   * The tensor's order once the value's axes are permuted: new axis i is old {@code
   * permutation[i]}.
   */
  AxisOrder transposed(List<Integer> permutation) {
    return new AxisOrder(Arrays.stream(axes).map(permutation::indexOf).toArray());
  }

  /** The permutation that brings a tensor from this order to {@code other}. */
  List<Integer> permutationTo(AxisOrder other) {
    return Arrays.stream(other.axes).map(this::graph).boxed().toList();
  }

  /** Whether a value's elements come in the same sequence under either order. */
  boolean sameSequence(AxisOrder other, Shape file) {
    return significant(file).equals(other.significant(file));
  }

  /** The value's axes of more than one element, as they lie in the tensor. */
  List<Integer> significant(Shape file) {
    return Arrays.stream(axes).filter(axis -> file.dim(axis) != 1).boxed().toList();
  }

  /** This order without some of the value's axes. */
  AxisOrder without(List<Integer> fileAxes) {
    List<Integer> left = new ArrayList<>();
    for (int axis : axes) {
      if (!fileAxes.contains(axis)) {
        left.add(axis - (int) fileAxes.stream().filter(gone -> gone < axis).count());
      }
    }
    return of(left);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AxisOrder order && Arrays.equals(axes, order.axes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return Arrays.toString(axes);
  }
}
