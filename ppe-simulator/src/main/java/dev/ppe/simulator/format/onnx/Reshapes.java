package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The same elements under another shape.
 *
 * <p>A reshape of the file speaks of elements in the file's sequence. Where it splits an axis, or
 * merges axes that are neighbours in the graph's tensor too, the tensor is reshaped as it lies; it
 * is transposed only if axes merge that lie apart there.
 */
final class Reshapes {
  private Reshapes() {}

  static void reshape(NodeView op) {
    List<Integer> target =
        op.has(1) ? op.requireIntegers(1, "shape") : op.wholes("shape").orElse(List.of());
    Value value = op.value(0);
    Shape shape = target(op, target, value.shape());
    if (op.node().isOwn()) {
      boolean squeezes =
          op.node().kind().equals("squeeze"); // dimensions of 1, of which there is none
      own(
          op,
          squeezes ? new Operator.Squeeze(List.of()) : new Operator.Reshape(shape.toList()),
          shape.rank());
    } else if (value instanceof Activation activation && makesRows(op, activation)) {
      op.result(new Flattened(activation, shape, /* explicit= */ false));
    } else {
      op.result(to(op, value, shape));
    }
  }

  /** An operator of the network by itself, over elements in the file's sequence. */
  private static void own(NodeView op, Operator operator, int rank) {
    Activation value = op.activation(0);
    AxisOrder inOrder = AxisOrder.identity(value.shape().rank());
    Activation sorted =
        value.order().sameSequence(inOrder, value.shape()) ? value : op.activation(value, inOrder);
    op.result(op.apply(operator, AxisOrder.identity(rank), sorted));
  }

  /** Whether all it is for is that a product of our own reads rows, which that does by itself. */
  private static boolean makesRows(NodeView op, Activation value) {
    Optional<StoredNode> next = op.wiring().soleReader(op.node().output(0));
    Optional<StoredNode> product =
        next.filter(node -> node.type().equals("DequantizeLinear") && !node.isOwn())
            .flatMap(node -> op.wiring().soleReader(node.output(0)))
            .or(() -> next);
    return product.filter(node -> node.isOwn() && node.type().equals("Gemm")).isPresent()
        && value.order().isIdentity()
        && value.order().rank() > 0;
  }

  /** A 0 keeps the dimension, one -1 takes what is left. */
  static Shape target(NodeView op, List<Integer> target, Shape input) {
    List<Integer> dimensions = new ArrayList<>(target);
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i) == 0 && !op.flag("allowzero", false)) {
        dimensions.set(i, input.dim(i));
      }
    }
    return reshaped(dimensions, input);
  }

  private static Shape reshaped(List<Integer> target, Shape input) {
    return ShapeInference.infer(new Operator.Reshape(target), List.of(Optional.of(input)))
        .orElseThrow()
        .getFirst();
  }

  /** A matrix of one row for each of the outer {@code axis} dimensions' elements. */
  static void flatten(NodeView op) {
    Value value = op.value(0);
    Shape shape = value.shape();
    int axis = op.whole("axis", 1);
    int resolved = axis < 0 ? axis + shape.rank() : axis;
    if (resolved < 0 || resolved > shape.rank()) {
      throw new IllegalArgumentException("cannot flatten " + shape + " from axis " + axis + " on");
    }
    long rows = Shape.of(shape.toList().subList(0, resolved)).elements();
    Shape matrix = reshaped(List.of((int) Math.min(rows, Integer.MAX_VALUE), -1), shape);
    op.result(
        resolved == 1 && shape.rank() > 1 && value instanceof Activation activation
            ? new Flattened(op.activation(activation), matrix, /* explicit= */ false)
            : to(op, value, matrix));
  }

  static void squeeze(NodeView op) {
    Activation value = op.activation(0);
    Shape shape = value.shape();
    List<Integer> axes =
        op.integers(1, "axes").orElse(List.of()).stream().map(shape::axis).distinct().toList();
    List<Integer> dropped =
        axes.isEmpty()
            ? IntStream.range(0, shape.rank()).filter(i -> shape.dim(i) == 1).boxed().toList()
            : axes;
    if (dropped.isEmpty()) {
      op.result(value);
      return;
    }
    AxisOrder order = value.order().without(dropped);
    List<Integer> graphAxes = dropped.stream().map(value.order()::graph).sorted().toList();
    Optional<Activation> undone =
        op.node().isOwn()
            ? Optional.empty()
            : op.graph().undone(value, squeezed(shape, dropped), order);
    op.result(undone.orElseGet(() -> op.apply(new Operator.Squeeze(graphAxes), order, value)));
  }

  /** {@code shape} without the given axes, or without those of 1 if none is given. */
  static Shape squeezed(Shape shape, List<Integer> axes) {
    return ShapeInference.infer(new Operator.Squeeze(axes), List.of(Optional.of(shape)))
        .orElseThrow()
        .getFirst();
  }

  static void unsqueeze(NodeView op) {
    Activation value = op.activation(0);
    List<Integer> axes = op.integers(1, "axes").orElse(List.of());
    Shape target = unsqueezed(value.shape(), axes);
    if (op.node().isOwn() && axes.size() == 1) {
      own(op, new Operator.ExpandDims(axes.getFirst()), target.rank());
    } else if (axes.size() == 1 && value.order().isIdentity() && !isPoint(target)) {
      int axis = axes.getFirst() < 0 ? axes.getFirst() + target.rank() : axes.getFirst();
      AxisOrder order = AxisOrder.identity(target.rank());
      op.result(op.apply(new Operator.ExpandDims(axis), order, value));
    } else {
      op.result(to(op, value, target));
    }
  }

  /** {@code shape} with dimensions of 1 at {@code axes} of the result. */
  static Shape unsqueezed(Shape shape, List<Integer> axes) {
    int rank = shape.rank() + axes.size();
    List<Integer> resolved =
        axes.stream().map(axis -> axis < 0 ? axis + rank : axis).distinct().sorted().toList();
    List<Integer> dimensions = new ArrayList<>(shape.toList());
    for (int axis : resolved) {
      if (axis < 0 || axis > dimensions.size()) {
        throw new IllegalArgumentException("cannot insert axes " + axes + " into " + shape);
      }
      dimensions.add(axis, 1);
    }
    return Shape.of(dimensions);
  }

  static void transpose(NodeView op) {
    Activation value = op.activation(0);
    int rank = value.shape().rank();
    List<Integer> permutation =
        op.wholes("perm")
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList());
    Activation moved = transposed(value, permutation);
    if (op.node().isOwn()) {
      AxisOrder order = AxisOrder.identity(rank);
      op.result(op.apply(new Operator.Transpose(moved.order().permutationTo(order)), order, value));
    } else {
      op.result(moved);
    }
  }

  /** The value under other axes: nothing moves. */
  static Activation transposed(Activation value, List<Integer> permutation) {
    Shape shape =
        ShapeInference.infer(
                new Operator.Transpose(permutation), List.of(Optional.of(value.shape())))
            .orElseThrow()
            .getFirst();
    return new Activation(
        value.tensor(),
        shape,
        value.order().transposed(permutation.stream().map(value.shape()::axis).toList()),
        value.type(),
        value.quantization(),
        value.real());
  }

  /** The value under the {@code target} shape of the file. */
  static Value to(NodeView op, Value value, Shape target) {
    if (value instanceof Flattened flat && target.equals(flat.shape())) {
      return value;
    }
    Activation plain = op.activation(value);
    AxisOrder inOrder = AxisOrder.identity(plain.shape().rank());
    if (plain.order().sameSequence(inOrder, plain.shape())) {
      AxisOrder order =
          isPoint(target) ? AxisOrder.CHANNELS_LAST : AxisOrder.identity(target.rank());
      return op.graph().reshape(op.name(), plain, target, order);
    }
    List<Group> groups = groups(plain.shape(), target);
    Optional<AxisOrder> order = regrouped(groups, plain);
    if (order.isPresent()) {
      return op.graph().reshape(op.name(), plain, target, order.get());
    }
    if (target.rank() == 2 && target.dim(0) == plain.shape().dim(0)) {
      return new Flattened(plain, target, /* explicit= */ true);
    }
    AxisOrder near = isMap(groups, plain, target) ? neighbours(groups, plain) : inOrder;
    Activation sorted = op.graph().reorder(op.name(), plain, near);
    return op.graph().reshape(op.name(), sorted, target, regrouped(groups, sorted).orElseThrow());
  }

  /** [N, C, 1, 1]: there is no telling the two layouts apart, and maps are channels last. */
  private static boolean isPoint(Shape shape) {
    return shape.rank() == 4 && shape.dim(2) == 1 && shape.dim(3) == 1;
  }

  /** A feature map whose channels lie innermost is to stay one: channels are shuffled like that. */
  private static boolean isMap(List<Group> groups, Activation value, Shape target) {
    int innermost = value.order().file(value.shape().rank() - 1);
    return target.rank() == 4
        && groups.stream()
            .anyMatch(group -> group.from().contains(innermost) && group.to().equals(List.of(1)));
  }

  /** Neighbouring axes that become other neighbouring axes of as many elements. */
  private record Group(List<Integer> from, List<Integer> to) {
    /** Where the group lies in a tensor: at its first axis of more than one element. */
    int place(Activation value) {
      return significant(value).stream()
          .map(value.order()::graph)
          .min(Comparator.naturalOrder())
          .orElseGet(() -> value.order().graph(from.getFirst()));
    }

    List<Integer> significant(Activation value) {
      return from.stream().filter(axis -> value.shape().dim(axis) != 1).toList();
    }

    /** Whether its axes lie next to each other in the file's sequence. */
    boolean adjoins(Activation value) {
      List<Integer> all = value.order().significant(value.shape());
      List<Integer> own = significant(value);
      int start = own.isEmpty() ? 0 : all.indexOf(own.getFirst());
      return all.subList(start, Math.min(start + own.size(), all.size())).equals(own);
    }
  }

  private static List<Group> groups(Shape from, Shape to) {
    List<Group> groups = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < from.rank() && j < to.rank()) {
      int firstFrom = i;
      int firstTo = j;
      long left = from.dim(i++);
      long right = to.dim(j++);
      while (left != right) {
        if (left < right) {
          left *= from.dim(i++);
        } else {
          right *= to.dim(j++);
        }
      }
      if (i == from.rank()) {
        j = to.rank();
      } else if (j == to.rank()) {
        i = from.rank();
      }
      groups.add(
          new Group(
              IntStream.range(firstFrom, i).boxed().toList(),
              IntStream.range(firstTo, j).boxed().toList()));
    }
    return groups;
  }

  /** The order of the target's axes if the tensor is reshaped as it lies, if it can be. */
  private static Optional<AxisOrder> regrouped(List<Group> groups, Activation value) {
    if (groups.stream().anyMatch(group -> !group.adjoins(value))) {
      return Optional.empty();
    }
    return Optional.of(
        AxisOrder.of(
            groups.stream()
                .sorted(Comparator.comparingInt(group -> group.place(value)))
                .flatMap(group -> group.to().stream())
                .toList()));
  }

  /** The order nearest to the value's own in which every group's axes are neighbours. */
  private static AxisOrder neighbours(List<Group> groups, Activation value) {
    return AxisOrder.of(
        groups.stream()
            .sorted(Comparator.comparingInt(group -> group.place(value)))
            .flatMap(group -> group.from().stream())
            .toList());
  }
}
