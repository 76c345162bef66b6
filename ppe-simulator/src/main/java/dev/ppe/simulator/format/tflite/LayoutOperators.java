package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.format.tflite.OperatorView.Mapped;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Operators that move elements.
 *
 * <p>Where an attribute is computed at run time the declared result stands in for it: a slice or
 * padding of that size costs the same wherever it begins.
 */
final class LayoutOperators {
  private LayoutOperators() {}

  static Mapped concat(OperatorView op) {
    Options options = op.options(10);
    return op.withAllOperands(new Operator.Concat(options.int32(0, 0), options.activation(1)));
  }

  /** The target is the second operand, else an option, else what is declared. */
  static Mapped reshape(OperatorView op) {
    Optional<List<Integer>> operand = op.has(1) ? op.integers(1) : Optional.empty();
    List<Integer> option = op.options(17).ints(0);
    List<Integer> target =
        operand.orElseGet(() -> op.has(1) || option.isEmpty() ? declaredTarget(op) : option);
    return op.as(new Operator.Reshape(forBatch(op, target)), 0);
  }

  private static List<Integer> declaredTarget(OperatorView op) {
    Shape declared = op.declared();
    List<Integer> signature = op.result().signature();
    long open = signature.stream().filter(dimension -> dimension == StoredTensor.OPEN).count();
    return open == 1 ? signature : declared.toList();
  }

  /**
   * A target of batch 1 that is written into a file with an open batch takes the batch that comes
   * in.
   */
  private static List<Integer> forBatch(OperatorView op, List<Integer> target) {
    if (!op.result().batchOpen() || target.isEmpty() || target.contains(-1)) {
      return target;
    }
    List<Integer> open = new ArrayList<>(target);
    open.set(0, -1);
    return open;
  }

  static Mapped squeeze(OperatorView op) {
    return op.as(new Operator.Squeeze(op.options(30).ints(0)), 0);
  }

  static Mapped expandDims(OperatorView op) {
    return op.integer(1)
        .map(axis -> op.as(new Operator.ExpandDims(axis), 0))
        .orElseGet(() -> op.as(new Operator.Reshape(declaredTarget(op)), 0));
  }

  static Mapped transpose(OperatorView op) {
    return op.integers(1)
        .map(permutation -> op.as(new Operator.Transpose(permutation), 0))
        .orElseGet(op::custom);
  }

  /** Operands in the file: axis, input. */
  static Mapped split(OperatorView op) {
    Optional<Integer> axis = op.integer(0);
    if (axis.isEmpty()) {
      return op.custom();
    }
    int parts = op.stored().outputs().size();
    int size = op.shape(1).dim(op.shape(1).axis(axis.get()));
    if (parts == 0 || size % parts != 0) {
      throw new IllegalArgumentException(
          "axis %d of %s does not divide into %d parts".formatted(axis.get(), op.shape(1), parts));
    }
    List<Integer> sizes = IntStream.range(0, parts).mapToObj(i -> size / parts).toList();
    return op.as(new Operator.Split(axis.get(), sizes), 1);
  }

  /** Operands in the file: input, sizes of which one may be -1, axis. */
  static Mapped splitV(OperatorView op) {
    Optional<List<Integer>> sizes = op.integers(1, op.stored().outputs().size());
    Optional<Integer> axis = op.integer(2);
    if (sizes.isEmpty() || axis.isEmpty()) {
      return op.custom();
    }
    long rest = op.shape(0).dim(op.shape(0).axis(axis.get()));
    for (int size : sizes.get()) {
      rest -= Math.max(size, 0);
    }
    List<Integer> resolved = new ArrayList<>(sizes.get());
    int open = resolved.indexOf(-1);
    if (open >= 0 && rest >= 0) {
      resolved.set(open, (int) rest);
    }
    return op.as(new Operator.Split(axis.get(), resolved), 0);
  }

  static Mapped slice(OperatorView op) {
    Optional<List<Integer>> begin = op.integers(1);
    Optional<List<Integer>> size = op.integers(2);
    return begin.isPresent() && size.isPresent()
        ? op.as(new Operator.Slice(begin.get(), size.get()), 0)
        : sliceOfDeclaredSize(op);
  }

  static Mapped stridedSlice(OperatorView op) {
    Optional<List<Integer>> begin = op.integers(1);
    Optional<List<Integer>> end = op.integers(2);
    Optional<List<Integer>> strides = op.has(3) ? op.integers(3) : Optional.empty();
    if (begin.isEmpty() || end.isEmpty() || strides.isEmpty()) {
      return op.declared().rank() == op.shape(0).rank() ? sliceOfDeclaredSize(op) : op.custom();
    }
    Options options = op.options(32);
    List<Integer> last =
        options.bool(5) ? sum(begin.get(), end.get()) : end.get(); // ends count from the beginnings
    return op.as(
        new Operator.StridedSlice(
            begin.get(),
            last,
            strides.get(),
            options.int32(0, 0),
            options.int32(1, 0),
            options.int32(2, 0),
            options.int32(3, 0),
            options.int32(4, 0)),
        0);
  }

  private static Mapped sliceOfDeclaredSize(OperatorView op) {
    List<Integer> size = op.declared().toList();
    return op.as(new Operator.Slice(size.stream().map(dimension -> 0).toList(), size), 0);
  }

  private static List<Integer> sum(List<Integer> begin, List<Integer> size) {
    return IntStream.range(0, Math.min(begin.size(), size.size()))
        .mapToObj(i -> Math.clamp((long) begin.get(i) + size.get(i), 0, Integer.MAX_VALUE))
        .toList();
  }

  /**
   * The amounts are one operand of shape [rank, 2]; a padding value, if there is one, is not kept.
   */
  static Mapped pad(OperatorView op, PadMode mode) {
    List<Integer> amounts = op.integers(1).orElseGet(() -> declaredGrowth(op));
    if (amounts.size() != 2L * op.shape(0).rank()) {
      throw new IllegalArgumentException(
          "%d amounts of padding do not fit input %s".formatted(amounts.size(), op.shape(0)));
    }
    return op.as(new Operator.Pad(everySecond(amounts, 0), everySecond(amounts, 1), mode), 0);
  }

  static Mapped mirrorPad(OperatorView op) {
    int mode = op.options(77).int8(0);
    return switch (mode) {
      case 0 -> pad(op, PadMode.REFLECT);
      case 1 -> pad(op, PadMode.SYMMETRIC);
      default -> throw new IllegalArgumentException("its padding mode " + mode + " is unknown");
    };
  }

  private static List<Integer> declaredGrowth(OperatorView op) {
    Shape input = op.shape(0);
    Shape declared = op.declared();
    List<Integer> amounts = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      amounts.add(0);
      amounts.add(declared.dim(i) - input.dim(i));
    }
    return amounts;
  }

  private static List<Integer> everySecond(List<Integer> values, int first) {
    return IntStream.range(0, values.size() / 2).mapToObj(i -> values.get(2 * i + first)).toList();
  }

  /** Options 2 and 3 of the bilinear table, 0 and 1 of the other. */
  static Mapped resize(OperatorView op, ResizeMethod method) {
    boolean bilinear = method == ResizeMethod.BILINEAR;
    Options options = op.options(bilinear ? 15 : 74);
    List<Integer> size =
        op.integers(1).orElseGet(() -> List.of(op.declared().dim(1), op.declared().dim(2)));
    if (size.size() != 2) {
      throw new IllegalArgumentException("its size " + size + " must be a height and a width");
    }
    return op.as(
        new Operator.Resize(
            method,
            size.get(0),
            size.get(1),
            options.bool(bilinear ? 2 : 0),
            options.bool(bilinear ? 3 : 1)),
        0);
  }

  static Mapped depthToSpace(OperatorView op) {
    return op.as(new Operator.DepthToSpace(op.options(94).int32(0, 0)), 0);
  }

  static Mapped spaceToDepth(OperatorView op) {
    return op.as(new Operator.SpaceToDepth(op.options(19).int32(0, 0)), 0);
  }
}
