package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Which activations never have to lie anywhere as a whole. Layers that run in blocks take turns, a
 * cascade: a block passes through one after the other, and is read when it is made. So what a layer
 * makes for the next one is only ever there in blocks; and so is what is read again some layers
 * later, a residual block's input. That goes on as long as the cascade's windows together reach
 * over less than half of the map that it begins with, or there were no second block, and as long as
 * a row of each map that is needed at a time has room. A layer that sees the whole map (pooled to a
 * vector, interpolated, transposed) may take its blocks as they come, but ends the cascade.
 *
 * <p>The vendor's compiler does that. It keeps parameters on the chip beside maps that would not
 * fit with them, and sends as many rows of an image twice as the windows of three layers reach over
 * (docs/machine-model.md).
 */
final class Cascades {
  private final Graph graph;
  private final List<Layer> layers;
  private final Lifetimes lifetimes;
  private final Residence residence;
  private final Accelerator accelerator;
  private final BitSet passedOn = new BitSet();

  /** Roots of which a block is in PE memory at a time, and what a row of each takes there. */
  private final PriorityQueue<Integer> alive;

  private long aliveBytes;

  /** Of the cascade at hand: its last step, and the rows of the map it begins with. */
  private int end = -1;

  private long rows;

  /** Rows beyond its own that a block needs for its way through the layers before {@code next}. */
  private Span span = Span.before(0);

  private Cascades(
      Graph graph,
      List<Layer> layers,
      Lifetimes lifetimes,
      Residence residence,
      Accelerator accelerator) {
    this.graph = graph;
    this.layers = layers;
    this.lifetimes = lifetimes;
    this.residence = residence;
    this.accelerator = accelerator;
    this.alive = new PriorityQueue<>(Comparator.comparingInt(lifetimes::lastRead));
  }

  /**
   * Those roots that are passed on in blocks.
   *
   * @param overflowing the roots that have no room in PE memory, in the order of their first steps
   */
  static BitSet passedOn(
      Graph graph,
      List<Layer> layers,
      Lifetimes lifetimes,
      Residence residence,
      Accelerator accelerator,
      List<Integer> overflowing,
      Interruption interruption) {
    Cascades cascades = new Cascades(graph, layers, lifetimes, residence, accelerator);
    for (int root : overflowing) {
      interruption.check();
      cascades.add(root);
    }
    return cascades.passedOn;
  }

  private void add(int root) {
    int first = lifetimes.first(root);
    int last = lifetimes.lastRead(root);
    boolean begins = first > end;
    if (begins) {
      span = Span.before(lifetimes.made(root) ? first + 1 : first);
      rows = rows(root);
    }
    boolean alone = begins && lifetimes.isForOneLayer(root);
    if (hasRoom(root) && (alone || last <= end || isWithinHalf(last))) {
      passedOn.set(root);
      end = Math.max(end, last);
      alive.add(root);
      aliveBytes += rowBytes(root);
    }
  }

  /** Whether a row of it fits into PE memory beside one of each that it meets there. */
  private boolean hasRoom(int root) {
    while (!alive.isEmpty() && lifetimes.lastRead(alive.element()) < lifetimes.first(root)) {
      aliveBytes -= rowBytes(alive.remove());
    }
    return alive.isEmpty() || aliveBytes + rowBytes(root) <= accelerator.peMemory().bytes();
  }

  private long rowBytes(int root) {
    long rowsOfOnePe = Math.ceilDiv(rows(root), (long) accelerator.grid().rows());
    return Math.ceilDiv(residence.tileBytes(root), Math.max(1, rowsOfOnePe));
  }

  private long rows(int root) {
    Shape shape = graph.tensor(root).shape();
    return shape.rank() == 4 ? shape.dim(1) : 0;
  }

  /** Whether a block gets to a step, and what it needs beside is less than half of the map. */
  private boolean isWithinHalf(int last) {
    Span before = span;
    while (before.next() < last && before.rows() < rows / 2) {
      before = after(before).orElse(new Span(last, rows, 1));
    }
    // A layer without a window takes what comes, if it is the last.
    boolean takes = layers.get(last).onAccelerator();
    Span whole = after(before).orElse(takes ? before : new Span(last, rows, 1));
    boolean within = whole.rows() < rows / 2;
    span = within ? before : span;
    return within;
  }

  private Optional<Span> after(Span before) {
    return before.after(graph, layers.get(before.next()), rows);
  }
}
