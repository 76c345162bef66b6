package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;

/**
 * What of a layer is cut over the PEs.
 *
 * @param rows output rows, batches included; where each input position is scattered, input rows
 * @param columns output columns, or input columns likewise
 * @param channels output channels, or groups of them where there are several
 */
public record Extent(long rows, long columns, long channels) {

  /** Of a layer's main operator. */
  public static Extent of(Graph graph, Layer layer) {
    Node node = graph.nodes().get(layer.main());
    return LoopNest.of(graph, node)
        .map(n -> new Extent(n.rows(), n.columns(), n.groups() == 1 ? n.outputs() : n.groups()))
        .orElseGet(() -> of(elementwise(graph, node)));
  }

  /** All results of a split are cut together. */
  private static Shape elementwise(Graph graph, Node node) {
    return node.operator() instanceof Operator.Split
        ? graph.input(node, 0).shape()
        : graph.output(node, 0).shape();
  }

  private static Extent of(Shape shape) {
    long channels = Math.max(1, shape.innermost());
    long columns = shape.rank() < 3 ? 1 : Math.max(1, shape.dim(shape.rank() - 2));
    return new Extent(Math.max(1, shape.elements() / (columns * channels)), columns, channels);
  }

  /** The largest part: no part of {@code split} is larger in any dimension. */
  public Extent part(Split split) {
    return new Extent(
        Math.ceilDiv(rows, (long) split.rows()),
        Math.ceilDiv(columns, (long) split.columns()),
        Math.ceilDiv(channels, (long) split.channels()));
  }

  @Override
  public String toString() {
    return "%dx%dx%d".formatted(rows, columns, channels);
  }
}
