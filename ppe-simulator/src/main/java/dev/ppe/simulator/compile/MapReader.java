package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.Optional;

/**
 * What slides over a map that lies over the grid, and how large its output is.
 *
 * @param window of each output
 * @param rows of the output
 * @param columns of the output
 */
record MapReader(Window window, int rows, int columns) {

  /** Of a layer whose outputs read more, or from elsewhere, than the like part of its input. */
  static Optional<MapReader> of(Graph graph, Layer layer) {
    Optional<Window> window =
        switch (graph.nodes().get(layer.main()).operator()) {
          case Operator.Conv2d conv -> Optional.of(conv.window());
          case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
          case Operator.Pool2d pool -> Optional.of(pool.window());
          case Operator.Pad pad -> padded(pad);
          default -> Optional.empty();
        };
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    return window.map(w -> new MapReader(w, output.dim(1), output.dim(2)));
  }

  /** A padding reads each position once, but other PEs' where it moves them. */
  private static Optional<Window> padded(Operator.Pad pad) {
    if (pad.before().size() != 4) {
      return Optional.empty();
    }
    Padding around =
        Padding.explicit(
            pad.before().get(1), pad.after().get(1), pad.before().get(2), pad.after().get(2));
    return Optional.of(Window.square(1, 1, around));
  }

  /**
   * The most that a PE holds of a map along one dimension: its own share and what its readers need,
   * and never less than the windows of the largest tile of a reader's output take, though part of
   * them may lie beyond the map's edge: all PEs lay out their memory alike.
   *
   * @param size of the map
   * @param parts that it is shared out in
   * @param reader that it is held for, if one slides over it
   * @param alongRows along columns otherwise
   */
  static long longest(int size, int parts, Optional<MapReader> reader, boolean alongRows) {
    long most = reader.map(r -> Math.min(size, r.underLargestTile(parts, alongRows))).orElse(0L);
    for (int part = 0; part < parts; part++) {
      long begin = start(size, part, parts);
      long end = start(size, part + 1, parts);
      if (reader.isPresent()) {
        Window window = reader.get().window();
        int outputs = alongRows ? reader.get().rows() : reader.get().columns();
        long first = start(outputs, part, parts);
        long last = start(outputs, part + 1, parts);
        if (last > first) {
          long stride = alongRows ? window.strideHeight() : window.strideWidth();
          long span = alongRows ? window.inputRows(1) : window.inputColumns(1);
          long from = first * stride - paddingBefore(window, size, alongRows);
          long to = (last - 1) * stride - paddingBefore(window, size, alongRows) + span;
          begin = Math.min(begin, Math.max(0, from));
          end = Math.max(end, Math.min(size, to));
        }
      }
      most = Math.max(most, end - begin);
    }
    return most;
  }

  /** Inputs under a tile that is as large as any, along one dimension. */
  private long underLargestTile(int parts, boolean alongRows) {
    long tile = Math.ceilDiv((long) (alongRows ? rows : columns), (long) parts);
    return alongRows ? window.inputRows(tile) : window.inputColumns(tile);
  }

  private static long paddingBefore(Window window, int size, boolean alongRows) {
    Padding padding = window.padding().same() ? window.samePadding(size, size) : window.padding();
    return alongRows ? padding.top() : padding.left();
  }

  /** Where part {@code part} of {@code size} elements begins when they are shared out evenly. */
  private static long start(int size, int part, int parts) {
    return Math.ceilDiv((long) size * part, (long) parts);
  }
}
