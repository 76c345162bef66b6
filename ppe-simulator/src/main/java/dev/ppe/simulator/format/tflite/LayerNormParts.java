package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A layer normalisation that was written as the mean, the variance and what is made of them. */
final class LayerNormParts {
  private static final int SCALE = 1;
  private static final int OFFSET = 2;

  private LayerNormParts() {}

  /**
   * The whole, if {@code last} is the product with the reciprocal deviation, or with a scale behind
   * that, or the sum with an offset behind either. Each of them may be a part of the next.
   */
  static Optional<Node> join(Parts parts, Node last) {
    return normalised(parts, last)
        .or(() -> with(parts, last, BinaryFunction.MUL, SCALE))
        .or(() -> with(parts, last, BinaryFunction.ADD, OFFSET));
  }

  /** (x - mean) times rsqrt(mean((x - mean)^2) + epsilon). */
  private static Optional<Node> normalised(Parts parts, Node product) {
    Optional<Node> centred =
        before(parts, product, 0, binary(BinaryFunction.SUB))
            .filter(n -> is(product, BinaryFunction.MUL));
    Optional<Node> mean = centred.flatMap(node -> parts.before(node, 1));
    Optional<Node> square =
        before(parts, product, 1, new Operator.Unary(UnaryFunction.RSQRT))
            .flatMap(root -> before(parts, root, 0, binary(BinaryFunction.ADD)))
            .flatMap(sum -> parts.before(sum, 0))
            .filter(
                variance -> mean.filter(m -> m.operator().equals(variance.operator())).isPresent())
            .flatMap(
                variance -> before(parts, variance, 0, binary(BinaryFunction.SQUARED_DIFFERENCE)));
    if (mean.isEmpty()
        || square.isEmpty()
        || !(mean.get().operator() instanceof Operator.Reduce reduce)
        || reduce.function() != ReduceFunction.MEAN
        || !areInnermost(reduce.axes(), parts.shape(mean.get(), 0).rank())) {
      return Optional.empty();
    }
    int x = mean.get().inputs().getFirst();
    List<Integer> difference = List.of(x, mean.get().outputs().getFirst());
    return centred.get().inputs().equals(difference) && square.get().inputs().equals(difference)
        ? Optional.of(
            new Node(
                product.name(),
                new Operator.LayerNorm(reduce.axes().size()),
                List.of(x),
                product.outputs()))
        : Optional.empty();
  }

  private static boolean areInnermost(List<Integer> axes, int rank) {
    return axes.equals(IntStream.range(rank - axes.size(), rank).boxed().toList());
  }

  /** A normalisation, joined by now, with a stored operand of a function behind it. */
  private static Optional<Node> with(
      Parts parts, Node last, BinaryFunction function, int position) {
    return parts
        .before(last, 0)
        .filter(norm -> norm.operator() instanceof Operator.LayerNorm)
        .filter(norm -> norm.inputs().size() <= position && is(last, function))
        .map(
            norm -> {
              List<Integer> operands = new ArrayList<>(norm.inputs());
              while (operands.size() < position) {
                operands.add(Node.ABSENT);
              }
              operands.add(last.inputs().get(1));
              return new Node(last.name(), norm.operator(), operands, last.outputs());
            });
  }

  private static Operator binary(BinaryFunction function) {
    return new Operator.Binary(function, Activation.NONE);
  }

  private static boolean is(Node node, BinaryFunction function) {
    return node.operator().equals(binary(function));
  }

  private static Optional<Node> before(Parts parts, Node node, int position, Operator operator) {
    return parts.before(node, position).filter(found -> found.operator().equals(operator));
  }
}
