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
 * @param reach what of the input a part of the output reads
 */
public record Geometry(
    long rows,
    long columns,
    long channels,
    long inputRows,
    long inputColumns,
    long inputChannels,
    Reach reach) {

  static Geometry of(Graph graph, Node node) {
    Shape output = graph.output(node, 0).shape();
    Shape input = node.hasInput(0) ? graph.input(node, 0).shape() : output;
    return switch (node.operator()) {
      case Operator.Conv2d conv -> of(output, input, new Reach.Sliding(conv.window()));
      case Operator.DepthwiseConv2d conv -> of(output, input, new Reach.Sliding(conv.window()));
      case Operator.Pool2d pool -> of(output, input, new Reach.Sliding(pool.window()));
      case Operator.TransposeConv2d conv -> of(output, input, Reach.of(conv, input, output));
      case Operator.Resize resize -> of(output, input, Reach.of(resize, input, output));
      case Operator.Split s -> of(input, input, Reach.SHARE); // all of the results together
      case Operator.BatchMatMul m -> product(output, input);
      default -> of(output, input, Reach.SHARE);
    };
  }

  /** Rows of all products side by side, as {@link LoopNest} has them: products are groups. */
  private static Geometry product(Shape output, Shape left) {
    long rows = output.dim(output.rank() - 2);
    return new Geometry(
        rows,
        1,
        output.elements() / rows,
        rows,
        1,
        Math.ceilDiv(left.elements(), rows),
        Reach.SHARE);
  }

  private static Geometry of(Shape output, Shape input, Reach reach) {
    return new Geometry(
        rows(output),
        columns(output),
        output.innermost(),
        rows(input),
        columns(input),
        input.innermost(),
        reach);
  }

  /** The window that slides over the input, if one does. */
  Optional<Window> window() {
    return reach instanceof Reach.Sliding sliding
        ? Optional.of(sliding.window())
        : Optional.empty();
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
    return switch (reach) {
      case Reach.Share share ->
          part(share(inputRows, tileRows, rows), share(inputColumns, tileColumns, columns));
      case Reach.Sliding(Window window) ->
          part(window.inputRows(tileRows), window.inputColumns(tileColumns));
      case Reach.Scaled(Taps down, Taps across) ->
          part(down.span(tileRows, rows), across.span(tileColumns, columns));
    };
  }

  private long part(long regionRows, long regionColumns) {
    return Math.min(inputRows, regionRows) * Math.min(inputColumns, regionColumns) * inputChannels;
  }
}
