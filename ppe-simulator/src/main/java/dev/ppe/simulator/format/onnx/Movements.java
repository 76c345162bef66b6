package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operators that join, cut and pick: their axes are followed into the graph's axis order. */
final class Movements {
  private Movements() {}

  /** Joins values in the axis order of the largest of them that is no stored one. */
  static void concat(NodeView op, Set<String> absorbed) {
    List<Value> values = IntStream.range(0, op.node().inputs().size()).mapToObj(op::value).toList();
    if (values.size() == 1 && !op.node().isOwn()) {
      op.result(values.getFirst());
      return;
    }
    Tail tail = new Tail(op, absorbed);
    if (op.node().isOwn()) { // runtimes fuse nothing into a concatenation by themselves
      tail.ofActivation();
    }
    int axis = op.shape(0).axis(op.whole("axis", 1));
    Value largest =
        values.stream()
            .filter(value -> !(value instanceof Stored))
            .max(Comparator.comparingLong(value -> value.shape().elements()))
            .orElse(values.getFirst());
    Activation lead = op.activation(largest);
    AxisOrder order = lead.order();
    List<Integer> operands = values.stream().map(value -> op.operand(value, order)).toList();
    Operator concat = new Operator.Concat(order.graph(axis), tail.activation());
    tail.result(op.graph().apply(op.name(), concat, operands, order, op.like(lead)));
  }

  /** Sizes as an operand or attribute, or equal parts. */
  static void split(NodeView op) {
    Activation input = op.activation(0);
    int axis = input.shape().axis(op.whole("axis", 0));
    int outputs = op.node().outputs().size();
    List<Integer> sizes =
        op.integers(1, "split").orElseGet(() -> parts(input.shape().dim(axis), outputs));
    if (sizes.size() != outputs) {
      throw new IllegalArgumentException(
          "splits into %d parts but has %d results".formatted(sizes.size(), outputs));
    }
    List<Activation> results =
        op.graph()
            .applyAll(
                op.name(),
                new Operator.Split(input.order().graph(axis), sizes),
                List.of(input.tensor()),
                input.order(),
                op.like(input));
    for (int i = 0; i < outputs; i++) {
      op.result(i, results.get(i));
    }
  }

  /** Equal parts, of which the last may be smaller. */
  private static List<Integer> parts(int size, int count) {
    int part = Math.ceilDiv(size, Math.max(count, 1));
    return IntStream.range(0, count)
        .mapToObj(i -> Math.clamp((long) size - (long) i * part, 0, part))
        .toList();
  }

  static void pad(NodeView op) {
    Activation input = op.activation(0);
    int rank = input.shape().rank();
    List<Integer> amounts = op.integers(1, "pads").orElse(List.of());
    List<Integer> axes =
        op.has(3)
            ? op.requireIntegers(3, "axes").stream().map(input.shape()::axis).toList()
            : IntStream.range(0, rank).boxed().toList();
    if (amounts.size() != 2 * axes.size()) {
      throw new IllegalArgumentException(
          "%d amounts of padding do not fit input %s".formatted(amounts.size(), input.shape()));
    }
    if (amounts.stream().allMatch(amount -> amount == 0) && !op.node().isOwn()) {
      op.result(input);
      return;
    }
    List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
    for (int i = 0; i < axes.size(); i++) {
      int at = input.order().graph(axes.get(i));
      before.set(at, amounts.get(i));
      after.set(at, amounts.get(i + axes.size()));
    }
    PadMode mode =
        switch (op.text("mode", "constant")) {
          case "constant" -> PadMode.CONSTANT;
          case "reflect" -> PadMode.REFLECT;
          case "edge", "wrap" -> PadMode.SYMMETRIC; // another element, the same cost
          default ->
              throw new IllegalArgumentException(
                  "its mode \"" + op.text("mode", "") + "\" is unknown");
        };
    Activation cut = cut(op, input, before, after);
    before.replaceAll(amount -> Math.max(amount, 0));
    after.replaceAll(amount -> Math.max(amount, 0));
    boolean adds = Stream.concat(before.stream(), after.stream()).anyMatch(amount -> amount > 0);
    op.result(
        adds || op.node().isOwn() ? op.apply(new Operator.Pad(before, after, mode), cut) : cut);
  }

  /** Amounts below zero cut off. */
  private static Activation cut(
      NodeView op, Activation input, List<Integer> before, List<Integer> after) {
    if (Stream.concat(before.stream(), after.stream()).allMatch(amount -> amount >= 0)) {
      return input;
    }
    List<Integer> size = new ArrayList<>(input.order().toGraph(input.shape()).toList());
    for (int i = 0; i < size.size(); i++) {
      size.set(i, size.get(i) + Math.min(before.get(i), 0) + Math.min(after.get(i), 0));
    }
    List<Integer> begin = before.stream().map(amount -> Math.max(-amount, 0)).toList();
    return op.apply(new Operator.Slice(begin, size), input);
  }

  static void depthToSpace(NodeView op) {
    op.result(op.apply(new Operator.DepthToSpace(op.whole("blocksize", 0)), op.map(0)));
  }

  static void spaceToDepth(NodeView op) {
    op.result(op.apply(new Operator.SpaceToDepth(op.whole("blocksize", 0)), op.map(0)));
  }

  /** Repeats along dimensions of 1: kept for the host, and left out where it repeats nothing. */
  static void expand(NodeView op) {
    Value value = op.value(0);
    Shape result =
        op.integers(1)
            .map(target -> CustomOperators.broadcast(value.shape(), Shape.of(target)))
            .orElseGet(() -> op.declared("target shape"));
    if (result.equals(value.shape())) {
      op.result(value);
    } else {
      CustomOperators.of(op, result);
    }
  }

  static void tile(NodeView op) {
    List<Integer> repeats = op.requireIntegers(1, "repeats");
    Shape shape = op.shape(0);
    if (repeats.size() != shape.rank()) {
      throw new IllegalArgumentException("repeats %s of %s".formatted(repeats, shape));
    }
    int[] dimensions = shape.toArray();
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = Math.multiplyExact(dimensions[i], repeats.get(i));
    }
    CustomOperators.of(op, Shape.of(dimensions));
  }
}
