package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One way to write each operator, of those that compute the same on given shapes: axes count from
 * the outermost, open sizes are filled in, paddings that amount to SAME are SAME, a mean over rows
 * and columns is a global pooling. File formats differ in which they have, and it should not matter
 * through which of them a network came.
 */
final class CanonicalOperator {
  private static final List<Integer> ROWS_AND_COLUMNS = List.of(1, 2);

  private CanonicalOperator() {}

  /** What {@code node} of a verified graph computes. */
  static Operator of(Graph graph, Node node) {
    if (!node.hasInput(0) || node.outputs().isEmpty()) {
      return node.operator();
    }
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return switch (node.operator()) {
      case Operator.Conv2d conv ->
          new Operator.Conv2d(window(conv.window(), input), conv.groups(), conv.activation());
      case Operator.DepthwiseConv2d conv ->
          new Operator.DepthwiseConv2d(
              window(conv.window(), input), conv.depthMultiplier(), conv.activation());
      case Operator.TransposeConv2d conv -> transposeConv(conv);
      case Operator.Pool2d pool ->
          new Operator.Pool2d(pool.function(), window(pool.window(), input), pool.activation());
      case Operator.FullyConnected fc when input.rank() == 2 ->
          new Operator.FullyConnected(false, fc.activation());
      case Operator.Reduce reduce -> reduce(reduce, input);
      case Operator.Concat concat ->
          new Operator.Concat(input.axis(concat.axis()), concat.activation());
      case Operator.Split split -> new Operator.Split(input.axis(split.axis()), split.sizes());
      case Operator.Slice slice -> new Operator.Slice(slice.begin(), output.toList());
      case Operator.StridedSlice slice -> CanonicalSlice.of(slice, input, output);
      case Operator.Reshape reshape -> new Operator.Reshape(output.toList());
      case Operator.Squeeze squeeze -> new Operator.Squeeze(squeezed(squeeze, input));
      case Operator.ExpandDims expand -> new Operator.ExpandDims(output.axis(expand.axis()));
      case Operator.Transpose transpose ->
          new Operator.Transpose(transpose.permutation().stream().map(input::axis).toList());
      case Operator.Softmax softmax -> new Operator.Softmax(input.axis(softmax.axis()));
      case Operator.LogSoftmax softmax -> new Operator.LogSoftmax(input.axis(softmax.axis()));
      case Operator.Gather gather ->
          new Operator.Gather(input.axis(gather.axis()), gather.batchDimensions());
      case Operator.ArgMax argMax ->
          new Operator.ArgMax(
              input.axis(argMax.axis()), argMax.keepDimensions(), argMax.outputType());
      default -> node.operator();
    };
  }

  /** The operands without the optional ones that are left out at the end. */
  static List<Integer> operands(Node node) {
    List<Integer> operands = new ArrayList<>(node.inputs());
    while (!operands.isEmpty() && operands.getLast() == Node.ABSENT) {
      operands.removeLast();
    }
    return operands;
  }

  private static Window window(Window window, Shape map) {
    Padding same = window.samePadding(map.dim(1), map.dim(2));
    return window.padding().equals(same) ? window.withPadding(Padding.SAME) : window;
  }

  /** Its window slides over the output. */
  private static Operator transposeConv(Operator.TransposeConv2d conv) {
    Window window = conv.window();
    Padding same = window.samePadding(conv.outputHeight(), conv.outputWidth());
    return window.padding().equals(same)
        ? new Operator.TransposeConv2d(
            window.withPadding(Padding.SAME),
            conv.outputHeight(),
            conv.outputWidth(),
            conv.activation())
        : conv;
  }

  private static Operator reduce(Operator.Reduce reduce, Shape input) {
    List<Integer> axes =
        reduce.axes().isEmpty()
            ? IntStream.range(0, input.rank()).boxed().toList()
            : reduce.axes().stream().map(input::axis).distinct().sorted().toList();
    boolean overMap = input.rank() == 4 && reduce.keepDimensions() && axes.equals(ROWS_AND_COLUMNS);
    Optional<PoolFunction> pooling = overMap ? pooling(reduce.function()) : Optional.empty();
    return pooling
        .<Operator>map(Operator.GlobalPool2d::new)
        .orElseGet(() -> new Operator.Reduce(reduce.function(), axes, reduce.keepDimensions()));
  }

  private static Optional<PoolFunction> pooling(ReduceFunction function) {
    return switch (function) {
      case MEAN -> Optional.of(PoolFunction.AVERAGE);
      case MAX -> Optional.of(PoolFunction.MAX);
      case SUM, MIN, PRODUCT -> Optional.empty();
    };
  }

  private static List<Integer> squeezed(Operator.Squeeze squeeze, Shape input) {
    return squeeze.axes().isEmpty()
        ? IntStream.range(0, input.rank()).filter(axis -> input.dim(axis) == 1).boxed().toList()
        : squeeze.axes().stream().map(input::axis).distinct().sorted().toList();
  }
}
