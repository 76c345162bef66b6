package dev.ppe.simulator.report;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.LayerBounds;
import java.util.Optional;

/** Shapes of layers in the figures that validation is told by. */
public final class LayerShape {
  private LayerShape() {}

  /** Of a layer's main node. */
  public static LayerBounds of(Graph graph, Node node) {
    Shape output = graph.output(node, 0).shape();
    Shape input = node.hasInput(0) ? graph.input(node, 0).shape() : output;
    Optional<Window> window = window(node.operator());
    return new LayerBounds(
        node.operator().kind(),
        window.map(w -> Math.max(w.kernelHeight(), w.kernelWidth())).orElse(1),
        window.map(w -> Math.max(w.strideHeight(), w.strideWidth())).orElse(1),
        window.map(w -> Math.max(w.dilationHeight(), w.dilationWidth())).orElse(1),
        node.operator() instanceof Operator.Conv2d conv ? conv.groups() : 1,
        Math.max(side(input), side(output)),
        channels(input),
        channels(output),
        parameters(graph, node));
  }

  private static Optional<Window> window(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> Optional.of(conv.window());
      case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
      case Operator.TransposeConv2d conv -> Optional.of(conv.window());
      case Operator.Pool2d pool -> Optional.of(pool.window());
      default -> Optional.empty();
    };
  }

  private static long channels(Shape shape) {
    return Math.max(1, shape.innermost());
  }

  /** Columns, or rows of all that lies one below the other. */
  private static long side(Shape shape) {
    long columns = shape.rank() < 3 ? 1 : Math.max(1, shape.dim(shape.rank() - 2));
    return Math.max(columns, shape.elements() / (columns * channels(shape)));
  }

  private static long parameters(Graph graph, Node node) {
    return node.inputs().stream()
        .filter(index -> index != Node.ABSENT && graph.tensor(index).isParameter())
        .mapToLong(index -> graph.tensor(index).shape().elements())
        .sum();
  }
}
