package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Boxes of a value, with or without steps. */
final class Slices {
  private Slices() {}

  /**
   * What is taken of one axis.
   *
   * @param end one past the last, in the direction of the step; -1 is before the first
   */
  record Range(int begin, int end, int step) {
    /** The indices that {@code begin}, {@code end} and {@code step} of the file name. */
    static Range of(int begin, int end, int step, int size) {
      if (step == 0) {
        throw new IllegalArgumentException("a step is 0");
      }
      int low = step > 0 ? 0 : -1;
      int high = step > 0 ? size : size - 1;
      return new Range(clamp(begin, size, low, high), clamp(end, size, low, high), step);
    }

    private static int clamp(int index, int size, int low, int high) {
      return Math.clamp(index < 0 ? (long) index + size : index, low, Math.max(low, high));
    }

    static Range all(int size) {
      return new Range(0, size, 1);
    }

    int length() {
      long distance = step > 0 ? (long) end - begin : (long) begin - end;
      return distance <= 0 ? 0 : (int) Math.ceilDiv(distance, Math.abs((long) step));
    }
  }

  /** Operands since operator set 10: input, starts, ends, axes?, steps?; attributes before. */
  static void slice(NodeView op, Set<String> absorbed) {
    Activation input = op.activation(0);
    List<Range> ranges = ranges(op, input.shape());
    int rank = input.shape().rank();
    if (op.node().isOwn() && input.order().isIdentity() && reshapes(op, ranges, input, absorbed)) {
      return;
    }
    List<Range> ordered =
        IntStream.range(0, rank).mapToObj(i -> ranges.get(input.order().file(i))).toList();
    boolean whole =
        IntStream.range(0, rank)
            .allMatch(i -> ranges.get(i).equals(Range.all(input.shape().dim(i))));
    if (whole && !op.node().isOwn()) {
      op.result(input);
    } else if (ordered.stream().allMatch(range -> range.step() == 1)) {
      op.result(
          op.apply(
              new Operator.Slice(
                  ordered.stream().map(Range::begin).toList(),
                  ordered.stream().map(Range::length).toList()),
              input));
    } else {
      op.result(op.apply(strided(ordered), input));
    }
  }

  /** Takes in nodes behind that drop and add dimensions: the writer had one operator for all. */
  private static boolean reshapes(
      NodeView op, List<Range> ranges, Activation input, Set<String> absorbed) {
    Optional<StoredNode> squeeze = next(op, op.node().output(0), "Squeeze");
    String kept = squeeze.map(node -> node.output(0)).orElse(op.node().output(0));
    Optional<StoredNode> unsqueeze = next(op, kept, "Unsqueeze");
    if (squeeze.isEmpty() && unsqueeze.isEmpty()) {
      return false;
    }
    List<Integer> dropped = squeeze.map(node -> axes(op, node)).orElse(List.of());
    List<Integer> added = unsqueeze.map(node -> axes(op, node)).orElse(List.of());
    Operator.StridedSlice plain = strided(ranges);
    List<Integer> begin = new ArrayList<>(plain.begin());
    List<Integer> end = new ArrayList<>(plain.end());
    List<Integer> strides = new ArrayList<>(plain.strides());
    int endMask = plain.endMask();
    int newAxes = 0;
    int shrunk = 0;
    for (int axis : dropped) {
      shrunk |= 1 << axis;
    }
    for (int axis : added) { // a result's axis: those dropped before it count too
      int at = axis;
      for (int i = 0; i <= at && i < begin.size(); i++) {
        at += shrunk >> i & 1;
      }
      begin.add(Math.min(at, begin.size()), 0);
      end.add(Math.min(at, end.size()), 0);
      strides.add(Math.min(at, strides.size()), 1);
      endMask = insert(endMask, at);
      shrunk = insert(shrunk, at);
      newAxes = insert(newAxes, at) | 1 << at;
    }
    Operator slice = new Operator.StridedSlice(begin, end, strides, 0, endMask, 0, newAxes, shrunk);
    int rank = input.shape().rank() - dropped.size() + added.size();
    Activation result = op.apply(slice, AxisOrder.identity(rank), input);
    squeeze.ifPresent(node -> absorbed.add(node.output(0)));
    unsqueeze.ifPresent(node -> absorbed.add(node.output(0)));
    op.values().put(unsqueeze.map(node -> node.output(0)).orElse(kept), result);
    return true;
  }

  private static Optional<StoredNode> next(NodeView op, String value, String type) {
    return op.wiring()
        .soleReader(value)
        .filter(node -> node.type().equals(type) && !node.isOwn() && !axes(op, node).isEmpty());
  }

  private static List<Integer> axes(NodeView op, StoredNode node) {
    return op.values().get(node.input(1)) instanceof Stored stored
        ? stored.constant().map(Constant::integers).orElse(List.of()).stream().sorted().toList()
        : List.of();
  }

  /** A mask with a bit of 0 inserted. */
  private static int insert(int mask, int at) {
    int below = (1 << at) - 1;
    return (mask & below) | ((mask & ~below) << 1);
  }

  /** An end before the first element cannot be written as a number: its mask bit says it. */
  private static Operator.StridedSlice strided(List<Range> ranges) {
    int endMask = 0;
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).end() < 0) {
        endMask |= 1 << i;
      }
    }
    return new Operator.StridedSlice(
        ranges.stream().map(Range::begin).toList(),
        ranges.stream().map(Range::end).toList(),
        ranges.stream().map(Range::step).toList(),
        0,
        endMask,
        0,
        0,
        0);
  }

  /** One range for each axis of the file's value. */
  static List<Range> ranges(NodeView op, Shape shape) {
    List<Integer> starts = op.integers(1, "starts").orElse(List.of());
    List<Integer> ends = op.integers(2, "ends").orElse(List.of());
    List<Integer> axes =
        op.integers(3, "axes").orElseGet(() -> IntStream.range(0, starts.size()).boxed().toList());
    List<Integer> steps =
        op.has(4) ? op.requireIntegers(4, "steps") : Collections.nCopies(starts.size(), 1);
    if (ends.size() != starts.size()
        || axes.size() != starts.size()
        || steps.size() != starts.size()) {
      throw new IllegalArgumentException("its starts, ends, axes and steps differ in length");
    }
    List<Range> ranges = new ArrayList<>(shape.toList().stream().map(Range::all).toList());
    for (int i = 0; i < starts.size(); i++) {
      int axis = shape.axis(axes.get(i));
      ranges.set(axis, Range.of(starts.get(i), ends.get(i), steps.get(i), shape.dim(axis)));
    }
    return ranges;
  }
}
