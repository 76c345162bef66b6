package dev.ppe.simulator.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first; feature maps are NHWC. Rank 0 is a scalar.
 *
 * <p>Every dimension is 0 or more, and the elements number at most {@link #MAX_ELEMENTS}, so byte
 * and operation counts derived from a shape stay far inside a {@code long}.
 */
public final class Shape {
  /** The highest rank any supported format stores. */
  public static final int MAX_RANK = 8;

  /** The most elements one tensor may have: 2^40. */
  public static final long MAX_ELEMENTS = 1L << 40;

  private final int[] dimensions;
  private final long elements;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
    this.elements = count(dimensions);
  }

  /**
   * A shape of the given dimensions.
   *
   * @throws IllegalArgumentException if the rank exceeds {@link #MAX_RANK}, a dimension is
   *     negative, or the elements exceed {@link #MAX_ELEMENTS}
   */
  public static Shape of(int... dimensions) {
    return new Shape(dimensions.clone());
  }

  /** As {@link #of(int...)}. */
  public static Shape of(List<Integer> dimensions) {
    int[] copy = new int[dimensions.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = dimensions.get(i);
    }
    return new Shape(copy);
  }

  private static long count(int[] dimensions) {
    if (dimensions.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "shape has rank " + dimensions.length + ", more than " + MAX_RANK);
    }
    long elements = 1;
    boolean empty = false;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dimensions) + " has a negative dimension");
      }
      empty |= dimension == 0;
      if (!empty) {
        if (elements > MAX_ELEMENTS / dimension) { // before the product, which may not fit a long
          throw new IllegalArgumentException(
              "shape " + Arrays.toString(dimensions) + " has more than 2^40 elements");
        }
        elements *= dimension;
      }
    }
    return empty ? 0 : elements;
  }

  public int rank() {
    return dimensions.length;
  }

  /**
   * The dimension at {@code axis}.
   *
   * @throws IllegalArgumentException if the shape has no such axis
   */
  public int dim(int axis) {
    if (axis < 0 || axis >= dimensions.length) {
      throw new IllegalArgumentException("shape " + this + " has no axis " + axis);
    }
    return dimensions[axis];
  }

  /**
   * The axis that {@code axis} names, where negative ones count from the innermost.
   *
   * @throws IllegalArgumentException if the shape has no such axis
   */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + dimensions.length : axis;
    if (resolved < 0 || resolved >= dimensions.length) {
      throw new IllegalArgumentException("shape " + this + " has no axis " + axis);
    }
    return resolved;
  }

  /**
   * The innermost dimension: the channels of a feature map, the features of a matrix; 1 for
   * scalars.
   */
  public int innermost() {
    return dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
  }

  /** Number of elements; 1 for a scalar. */
  public long elements() {
    return elements;
  }

  /** This shape with another dimension at {@code axis}. */
  public Shape with(int axis, int dimension) {
    int[] changed = dimensions.clone();
    changed[axis(axis)] = dimension;
    return new Shape(changed);
  }

  /** A fresh array of the dimensions. */
  public int[] toArray() {
    return dimensions.clone();
  }

  /** The dimensions as a list. */
  public List<Integer> toList() {
    return Arrays.stream(dimensions).boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** For example {@code 1x224x224x3}; {@code scalar} for rank 0. */
  @Override
  public String toString() {
    return dimensions.length == 0
        ? "scalar"
        : Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
