package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.Optional;

/**
 * How a layer's output lies over its first operand, in rows, columns and channels; batches are
 * further rows.
 *
 * @param rows output rows
 * @param columns output columns
 * @param channels output channels
 * @param inputRows input rows
 * @param inputColumns input columns
 * @param inputChannels input channels
 * @param window what an output position reads; empty where a part of the output reads the like part
 *     of the input
 */
public record Geometry(
    long rows,
    long columns,
    long channels,
    long inputRows,
    long inputColumns,
    long inputChannels,
    Optional<Window> window) {

  static Geometry of(Graph graph, Node node) {
    Shape output = graph.output(node, 0).shape();
    Shape input = node.hasInput(0) ? graph.input(node, 0).shape() : output;
    Optional<Window> window =
        switch (node.operator()) {
          case Operator.Conv2d conv -> Optional.of(conv.window());
          case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
          case Operator.Pool2d pool -> Optional.of(pool.window());
          default -> Optional.empty();
        };
    if (node.operator() instanceof Operator.Split) {
      output = input; // all of the results together
    }
    return new Geometry(
        rows(output),
        columns(output),
        output.innermost(),
        rows(input),
        columns(input),
        input.innermost(),
        window);
  }

  private static long rows(Shape shape) {
    long rowElements = Math.max(1, columns(shape) * shape.innermost());
    return Math.max(1, shape.elements() / rowElements);
  }

  private static long columns(Shape shape) {
    return shape.rank() < 3 ? 1 : Math.max(1, shape.dim(shape.rank() - 2));
  }

  /** {@code input x tile / whole} rounded up; all of the input where the product is too large. */
  static long share(long input, long tile, long whole) {
    if (input == whole) {
      return tile;
    }
    long product = input * tile;
    boolean fits = Math.multiplyHigh(input, tile) == 0 && product >= 0;
    return fits ? Math.ceilDiv(product, whole) : input;
  }

  /**
   * Input elements under a tile of so many output rows and columns, halo included, all channels.
   */
  long region(long tileRows, long tileColumns) {
    long regionRows =
        window.map(w -> w.inputRows(tileRows)).orElse(share(inputRows, tileRows, rows));
    long regionColumns =
        window
            .map(w -> w.inputColumns(tileColumns))
            .orElse(share(inputColumns, tileColumns, columns));
    return Math.min(inputRows, regionRows) * Math.min(inputColumns, regionColumns) * inputChannels;
  }
}
