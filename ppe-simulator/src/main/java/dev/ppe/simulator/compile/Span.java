package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import java.util.Optional;

/**
 * How far the windows of layers that follow each other reach together, from the map that the first
 * of them reads up to before the step {@code next}.
 *
 * @param next the step after them
 * @param rows of the first map that one row of the last output needs, beyond one
 * @param scale rows of the first map from one row of the last output to the next
 */
record Span(int next, long rows, long scale) {
  private static final Window POINT = Window.square(1, 1, Padding.SAME);

  /** Of no layer: the first map itself. */
  static Span before(int step) {
    return new Span(step, 0, 1);
  }

  /**
   * With one layer more; empty where that needs the whole map or runs on the host.
   *
   * @param layer at {@code next}
   * @param most rows that there are
   */
  Optional<Span> after(Graph graph, Layer layer, long most) {
    return Optional.of(graph.nodes().get(layer.main()))
        .filter(node -> layer.onAccelerator())
        .flatMap(node -> window(graph, node))
        .map(
            window ->
                new Span(
                    next + 1,
                    Math.min(most, rows + (window.inputRows(1) - 1) * scale),
                    Math.min(most, scale * window.strideHeight())));
  }

  /** What a row of the output reads, where it is not all of the input. */
  static Optional<Window> window(Graph graph, Node node) {
    Geometry geometry = Geometry.of(graph, node);
    boolean sameRows = geometry.rows() == geometry.inputRows();
    return geometry
        .window()
        .or(() -> sameRows && isPointwise(node.operator()) ? Optional.of(POINT) : Optional.empty());
  }

  private static boolean isPointwise(Operator operator) {
    return switch (operator) {
      case Operator.Binary binary -> true;
      case Operator.Unary unary -> true;
      case Operator.PRelu relu -> true;
      case Operator.Concat concat -> true;
      case Operator.Split split -> true;
      case Operator.Quantize quantize -> true;
      default -> false;
    };
  }
}
