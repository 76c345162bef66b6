package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * What a layer needs of one PE's memory at a time, and how far that can be cut:
 *
 * <ol>
 *   <li>into blocks of rows, as few as fit, with all their channels;
 *   <li>into single rows; where channels do not depend on each other (depthwise and group
 *       convolutions, elementwise layers) a few channels at a time;
 *   <li>into blocks of a row's columns;
 *   <li>into single positions, whose output channels come as many at a time as there are lanes.
 * </ol>
 *
 * <p>A second factor that is an activation ({@link SecondFactor}) is not part of a block: all of it
 * streams through the core memories, as weights do.
 *
 * <p>A position's sum is not cut: partial sums are in the lanes' accumulators and nowhere else, so
 * all that one output reads has to be there. Elementwise layers need no more than an element, but
 * for those that read a vector several times: a softmax and a normalisation. A layer that needs
 * more than there is gets refused.
 *
 * @param layer for people
 * @param geometry of its output over its first operand
 * @param rows of one PE's part of the output
 * @param columns of it
 * @param channels of it
 * @param operands that are read as the first is
 * @param added operands that are read as the output is written
 * @param portions into which channels fall that do not depend on each other; 1 where all do
 * @param bits of an element
 * @param least elements that have to be there together, however it is cut
 * @param accumulates whether it multiplies and accumulates
 */
record WorkingSet(
    Layer layer,
    Geometry geometry,
    long rows,
    long columns,
    long channels,
    long operands,
    long added,
    long portions,
    int bits,
    long least,
    boolean accumulates) {

  /** Of a layer that the accelerator runs. */
  static WorkingSet of(Mapping mapping, int index) {
    Graph graph = mapping.graph();
    Layer layer = mapping.layers().get(index);
    Node node = graph.nodes().get(layer.main());
    Geometry geometry = Geometry.of(graph, node);
    Split split = mapping.tilings().get(index).map(Tiling::split).orElse(Split.WHOLE);
    long channels = Math.ceilDiv(geometry.channels(), split.channels());
    long streaming = SecondFactor.tensor(graph, layer).isPresent() ? 1 : 0;
    long added = layer.inputs().stream().filter(i -> layer.isOnlyAdded(graph, i)).count();
    int lanes = mapping.accelerator().core().outputs();
    Optional<LoopNest> nest = LoopNest.of(graph, node);
    return new WorkingSet(
        layer,
        geometry,
        Math.ceilDiv(geometry.rows(), split.rows()),
        Math.ceilDiv(geometry.columns(), split.columns()),
        channels,
        Math.max(1, layer.inputs().size() - added - streaming),
        added,
        nest.map(loops -> portions(loops, geometry, lanes))
            .orElse(readsVectorsAgain(node) ? 1 : Math.max(1, channels)),
        graph.tensor(layer.outputs().getFirst()).type().bits(),
        nest.map(loops -> least(loops, geometry, Math.min(lanes, channels) * (1 + added)))
            .orElse(readsVectorsAgain(node) ? channels : 1),
        nest.isPresent());
  }

  /** Groups of channels go over the lanes side by side, as many as there is room for. */
  private static long portions(LoopNest nest, Geometry geometry, int lanes) {
    boolean ofChannels = geometry.window().isPresent();
    long sideBySide = Math.max(1, lanes / Math.max(1, nest.outputs()));
    return ofChannels ? Math.ceilDiv(Math.max(1, nest.groups()), sideBySide) : 1;
  }

  /** What one position of one group reads, and as many results as there is place on the lanes. */
  private static long least(LoopNest nest, Geometry geometry, long results) {
    long read =
        geometry.window().isPresent()
            ? Math.ceilDiv(geometry.region(1, 1), Math.max(1, nest.groups()))
            : nest.inputs();
    return read + Math.min(nest.outputs(), results);
  }

  private static boolean readsVectorsAgain(Node node) {
    return switch (node.operator()) {
      case Operator.Softmax softmax -> true;
      case Operator.LogSoftmax softmax -> true;
      case Operator.LayerNorm norm -> true;
      default -> false;
    };
  }

  /**
   * Into how many blocks the layer's rows are cut.
   *
   * @param memory bytes of one PE's
   * @throws CompilationException if the least there can be takes more
   */
  long blocks(long memory) {
    long fitting = most(rows, n -> bytes(elements(n, columns)), memory);
    if (fitting > 0) {
      return Math.ceilDiv(rows, fitting);
    }
    long some = most(columns, n -> Math.ceilDiv(bytes(elements(1, n)), portions), memory);
    if (some == 0 && bytes(least) > memory) {
      throw refusal(memory);
    }
    // Of what only passes by, no cut costs anything: rows keep the way in and out busy.
    boolean whole = some == columns || !accumulates;
    return whole ? rows : rows * Math.ceilDiv(columns, Math.max(1, some));
  }

  private CompilationException refusal(long memory) {
    return new CompilationException(
        "node \"%s\"".formatted(layer.name()),
        "%s cannot be tiled into PE memory: %s needs %d bytes there, and pe_memory.bytes is %d"
            .formatted(
                layer.kind(),
                accumulates
                    ? "one position of its output, with all that it reads,"
                    : "a vector that it reads several times",
                bytes(least),
                memory));
  }

  /** Elements of a block of so many rows and columns, with all that it reads. */
  private long elements(long blockRows, long blockColumns) {
    return operands * geometry.region(blockRows, blockColumns)
        + (1 + added) * blockRows * blockColumns * channels;
  }

  private long bytes(long elements) {
    return Math.ceilDiv(elements * bits, Byte.SIZE);
  }

  /** The largest number up to {@code all} whose bytes fit; 0 if not even those of 1 do. */
  private static long most(long all, LongUnaryOperator bytes, long memory) {
    long fits = 0;
    long tooMany = all + 1;
    while (tooMany - fits > 1) {
      long middle = fits + (tooMany - fits) / 2;
      if (bytes.applyAsLong(middle) <= memory) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }
}
