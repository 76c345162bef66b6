package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which activations never have to lie anywhere as a whole. Layers that run in blocks take turns, a
 * cascade: a block passes through one after the other, and is read when it is made. So what a layer
 * makes for the next one is only ever there in blocks; and so is what is read again some layers
 * later, a residual block's input. That goes on as long as the cascade's windows together reach
 * over less than half of the map that it begins with, or there were no second block. A layer that
 * sees the whole map (pooled to a vector, interpolated, transposed) may take its blocks as they
 * come, but ends the cascade.
 *
 * <p>The vendor's compiler does that. It keeps parameters on the chip beside maps that would not
 * fit with them, and sends as many rows of an image twice as the windows of three layers reach over
 * (docs/machine-model.md).
 */
final class Cascades {
  private static final Window POINT = Window.square(1, 1, Padding.SAME);

  private final Graph graph;
  private final List<Layer> layers;
  private final Lifetimes lifetimes;
  private final BitSet passedOn = new BitSet();

  /** Of the cascade at hand: its first step, its last, and the rows of the map it begins with. */
  private int begin;

  private int end = -1;
  private long rows;

  private Cascades(Graph graph, List<Layer> layers, Lifetimes lifetimes) {
    this.graph = graph;
    this.layers = layers;
    this.lifetimes = lifetimes;
  }

  /**
   * Those roots that are passed on in blocks.
   *
   * @param overflowing the roots that have no room in PE memory, in the order of their first steps
   */
  static BitSet passedOn(
      Graph graph, List<Layer> layers, Lifetimes lifetimes, List<Integer> overflowing) {
    Cascades cascades = new Cascades(graph, layers, lifetimes);
    overflowing.forEach(cascades::add);
    return cascades.passedOn;
  }

  private void add(int root) {
    int first = lifetimes.first(root);
    int last = lifetimes.lastRead(root);
    if (first > end) {
      begin = lifetimes.made(root) ? first + 1 : first;
      rows = rows(root);
    }
    boolean alone = first > end && lifetimes.isForOneLayer(root);
    boolean inside = last <= end;
    if (alone || inside || reach(begin, last) < rows / 2) {
      passedOn.set(root);
      end = Math.max(end, last);
    }
  }

  private long rows(int root) {
    Shape shape = graph.tensor(root).shape();
    return shape.rank() == 4 ? shape.dim(1) : 0;
  }

  /** Rows beyond its own that a block needs for its way through the layers of those steps. */
  private long reach(int first, int last) {
    long reached = 0;
    long scale = 1;
    for (int step = first; step <= last; step++) {
      Layer layer = layers.get(step);
      Node node = graph.nodes().get(layer.main());
      Optional<Window> window = layer.onAccelerator() ? window(node) : Optional.empty();
      if (window.isEmpty()) {
        return step == last && layer.onAccelerator() ? reached : Integer.MAX_VALUE;
      }
      reached = Math.min(rows, reached + (window.get().inputRows(1) - 1) * scale);
      scale = Math.min(rows, scale * window.get().strideHeight());
    }
    return reached;
  }

  /** What a row of the output reads, where it is not all of the input. */
  private Optional<Window> window(Node node) {
    return switch (node.operator()) {
      case Operator.Conv2d conv -> Optional.of(conv.window());
      case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
      case Operator.Pool2d pool -> Optional.of(pool.window());
      case Operator.Binary binary -> pointwise(node);
      case Operator.Unary unary -> pointwise(node);
      case Operator.PRelu relu -> pointwise(node);
      case Operator.Concat concat -> pointwise(node);
      case Operator.Split split -> pointwise(node);
      case Operator.Quantize quantize -> pointwise(node);
      default -> Optional.empty();
    };
  }

  private Optional<Window> pointwise(Node node) {
    Geometry geometry = Geometry.of(graph, node);
    return geometry.rows() == geometry.inputRows() ? Optional.of(POINT) : Optional.empty();
  }
}
