package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Takes together what the writer had to write in several operators, because the format has no such
 * one: {@code ConvolutionWriter} and {@code ElementwiseWriter} say what.
 *
 * <p>The tensors between the parts are named for it ({@link TfliteReader#PART}), so that only such
 * operators are: a runtime executes those of other files one by one, and their cost is that of the
 * parts.
 */
final class WrittenParts {
  private final Parts parts;
  private final Interruption interruption;

  private WrittenParts(Graph graph, Interruption interruption) {
    this.parts = new Parts(graph, interruption);
    this.interruption = interruption;
  }

  /** The same network with those operators whole; tensors keep their places. */
  static Graph join(Graph graph, Interruption interruption) {
    for (int i = 0; i < graph.tensors().size(); i++) {
      interruption.checkAt(i);
      if (graph.tensor(i).name().endsWith(TfliteReader.PART)) {
        return new WrittenParts(graph, interruption).run();
      }
    }
    return graph;
  }

  private Graph run() {
    for (Node last : parts.inExecutionOrder()) {
      interruption.check();
      join(last).ifPresent(whole -> parts.replace(last, whole));
    }
    return parts.graph();
  }

  /** What {@code last} and the parts before it are, if it is the last of some. */
  private Optional<Node> join(Node last) {
    if (last.operator() instanceof Operator.Binary) {
      return LayerNormParts.join(parts, last);
    }
    Optional<Node> before = parts.before(last, 0);
    return before.flatMap(
        first ->
            switch (last.operator()) {
              case Operator.Conv2d conv ->
                  padded(first, conv.window())
                      .map(w -> new Operator.Conv2d(w, conv.groups(), conv.activation()))
                      .map(conv2d -> Parts.over(first, last, conv2d));
              case Operator.DepthwiseConv2d conv ->
                  padded(first, conv.window())
                      .map(
                          w ->
                              new Operator.DepthwiseConv2d(
                                  w, conv.depthMultiplier(), conv.activation()))
                      .map(depthwise -> Parts.over(first, last, depthwise));
              case Operator.Pool2d pool ->
                  padded(first, pool.window())
                      .map(w -> new Operator.Pool2d(pool.function(), w, pool.activation()))
                      .map(pool2d -> Parts.over(first, last, pool2d));
              case Operator.Slice slice ->
                  cropped(first, last, slice).map(whole -> Parts.over(first, last, whole));
              case Operator.ExpandDims expand ->
                  kept(first, expand).map(whole -> Parts.over(first, last, whole));
              case Operator.Transpose transpose -> along(first, last, transpose);
              case Operator.Unary unary ->
                  fused(unary.function())
                      .flatMap(activation -> activated(first.operator(), activation))
                      .map(whole -> Parts.over(first, last, whole));
              case Operator.Quantize quantize -> inReals(first, last);
              default -> Optional.empty();
            });
  }

  /** A window with the amounts by which {@code before} pads its map. */
  private static Optional<Window> padded(Node before, Window window) {
    if (!(before.operator() instanceof Operator.Pad pad)
        || pad.mode() != PadMode.CONSTANT
        || !window.padding().equals(Padding.VALID)) {
      return Optional.empty();
    }
    List<Integer> first = pad.before();
    List<Integer> last = pad.after();
    boolean spatial = first.get(0) + last.get(0) + first.get(3) + last.get(3) == 0;
    return spatial
        ? Optional.of(
            window.withPadding(
                Padding.explicit(first.get(1), last.get(1), first.get(2), last.get(2))))
        : Optional.empty();
  }

  /** A transposed convolution that gives no more than the slice leaves of it. */
  private Optional<Operator> cropped(Node before, Node last, Operator.Slice slice) {
    Shape left = parts.result(last);
    if (!(before.operator() instanceof Operator.TransposeConv2d conv)
        || !conv.window().padding().equals(Padding.VALID)
        || left.dim(0) != parts.shape(last, 0).dim(0)
        || left.dim(3) != parts.shape(last, 0).dim(3)) {
      return Optional.empty();
    }
    int top = slice.begin().get(1);
    int start = slice.begin().get(2);
    Padding padding =
        Padding.explicit(
            top,
            conv.outputHeight() - left.dim(1) - top,
            start,
            conv.outputWidth() - left.dim(2) - start);
    return Optional.of(
        new Operator.TransposeConv2d(
            conv.window().withPadding(padding), left.dim(1), left.dim(2), conv.activation()));
  }

  private Optional<Operator> kept(Node before, Operator.ExpandDims expand) {
    if (!(before.operator() instanceof Operator.ArgMax argMax)) {
      return Optional.empty();
    }
    Shape input = parts.shape(before, 0);
    return input.axis(argMax.axis()) == expand.axis()
        ? Optional.of(new Operator.ArgMax(argMax.axis(), true, argMax.outputType()))
        : Optional.empty();
  }

  /** A softmax between two transpositions that swap its axis with the innermost one. */
  private Optional<Node> along(Node softmax, Node last, Operator.Transpose back) {
    Optional<Node> first =
        parts.before(softmax, 0).filter(node -> node.operator().equals(last.operator()));
    List<Integer> swap =
        new ArrayList<>(IntStream.range(0, back.permutation().size()).boxed().toList());
    int axis = back.permutation().indexOf(swap.size() - 1);
    if (first.isEmpty() || axis < 0) {
      return Optional.empty();
    }
    Collections.swap(swap, axis, swap.size() - 1);
    Optional<Operator> whole =
        switch (softmax.operator()) {
          case Operator.Softmax s -> Optional.of(new Operator.Softmax(axis));
          case Operator.LogSoftmax s -> Optional.of(new Operator.LogSoftmax(axis));
          default -> Optional.empty();
        };
    return whole
        .filter(operator -> swap.equals(back.permutation()))
        .map(operator -> Parts.over(first.get(), last, operator));
  }

  /** A function whose operands were made reals for it, and its result integers again. */
  private Optional<Node> inReals(Node function, Node last) {
    boolean elementwise =
        switch (function.operator()) {
          case Operator.Unary unary -> true;
          case Operator.Binary binary -> true;
          default -> false;
        };
    if (!elementwise) {
      return Optional.empty();
    }
    List<Integer> operands = new ArrayList<>();
    for (int i = 0; i < function.inputs().size(); i++) {
      int own = function.inputs().get(i);
      operands.add(
          parts
              .before(function, i)
              .filter(node -> node.operator() instanceof Operator.Dequantize)
              .map(node -> node.inputs().getFirst())
              .orElse(own));
    }
    return Optional.of(new Node(last.name(), function.operator(), operands, last.outputs()));
  }

  private static Optional<Activation> fused(UnaryFunction function) {
    return switch (function) {
      case RELU -> Optional.of(Activation.RELU);
      case RELU6 -> Optional.of(Activation.RELU6);
      case RELU_N1_TO_1 -> Optional.of(Activation.RELU_N1_TO_1);
      case TANH -> Optional.of(Activation.TANH);
      case LOGISTIC -> Optional.of(Activation.LOGISTIC);
      case HARD_SWISH -> Optional.of(Activation.HARD_SWISH);
      default -> Optional.empty();
    };
  }

  /** {@code linear} with an activation behind it, if it can have one. */
  private static Optional<Operator> activated(Operator linear, Activation activation) {
    return switch (linear) {
      case Operator.Conv2d conv ->
          Optional.of(new Operator.Conv2d(conv.window(), conv.groups(), activation));
      case Operator.DepthwiseConv2d conv ->
          Optional.of(
              new Operator.DepthwiseConv2d(conv.window(), conv.depthMultiplier(), activation));
      case Operator.TransposeConv2d conv ->
          Optional.of(
              new Operator.TransposeConv2d(
                  conv.window(), conv.outputHeight(), conv.outputWidth(), activation));
      case Operator.Pool2d pool ->
          Optional.of(new Operator.Pool2d(pool.function(), pool.window(), activation));
      case Operator.FullyConnected fc ->
          Optional.of(new Operator.FullyConnected(fc.keepDimensions(), activation));
      case Operator.Binary binary ->
          Optional.of(new Operator.Binary(binary.function(), activation));
      case Operator.Concat concat -> Optional.of(new Operator.Concat(concat.axis(), activation));
      default -> Optional.empty();
    };
  }
}
