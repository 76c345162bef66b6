package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host sends of an image more than once. Where an image and what the first layer makes of
 * it do not fit into PE memory together, the image comes in blocks, and each goes through all the
 * layers whose operands do not fit (a cascade). Two blocks side by side both need the rows that the
 * windows of these layers together reach over, and the host sends them twice: 7 of 512 where a
 * convolution at stride 2 and depthwise ones at 1 and 2 follow each other (docs/machine-model.md).
 *
 * <p>Rows of a map in both blocks, from the rows of what a layer with w rows of a window at stride
 * s makes of it, back from the ends of the cascade, where blocks touch and share none:
 *
 * <pre>
 * shared(input) = (shared(output) - 1) s + w
 * </pre>
 *
 * <p>A map that several layers read needs the most that one of them does. Below zero, blocks lie
 * apart; nothing is sent twice then.
 */
final class Seams {
  /** More rows than any map has, few enough to multiply with a stride. */
  private static final long MANY_ROWS = 1L << 40;

  private final Graph graph;
  private final List<Layer> layers;
  private final Lifetimes lifetimes;
  private final Residence residence;
  private final List<Optional<Spill>> spills;
  private final BitSet whole;
  private final long capacity;
  private final Interruption interruption;

  private Seams(
      Graph graph,
      List<Layer> layers,
      Lifetimes lifetimes,
      Residence residence,
      List<Optional<Spill>> spills,
      BitSet whole,
      long capacity,
      Interruption interruption) {
    this.graph = graph;
    this.layers = layers;
    this.lifetimes = lifetimes;
    this.residence = residence;
    this.spills = spills;
    this.whole = whole;
    this.capacity = capacity;
    this.interruption = interruption;
  }

  /**
   * Bytes of each tensor that the host sends again.
   *
   * @param whole the roots that overflow and lie somewhere whole: nothing passes them on in blocks
   * @throws java.util.concurrent.CancellationException if {@code interruption} throws it
   */
  static List<Long> bytes(
      Graph graph,
      List<Layer> layers,
      Lifetimes lifetimes,
      Residence residence,
      Accelerator accelerator,
      List<Optional<Spill>> spills,
      BitSet whole,
      Interruption interruption) {
    long capacity = accelerator.peMemory().bytes();
    Seams seams =
        new Seams(graph, layers, lifetimes, residence, spills, whole, capacity, interruption);
    boolean cascades =
        accelerator.peMemory().overflow() == Overflow.PARAMETER_MEMORY
            && accelerator.hostLink().isPresent();
    return cascades ? seams.bytes() : Collections.nCopies(lifetimes.tensors(), 0L);
  }

  private List<Long> bytes() {
    Map<Integer, Long> shared = sharedRows();
    Long[] bytes = new Long[lifetimes.tensors()];
    Arrays.fill(bytes, 0L);
    for (int input : graph.inputs()) {
      interruption.check();
      if (isSentInBlocks(input)) {
        bytes[input] = bytes(input, Math.max(0, shared.getOrDefault(input, 0L)));
      }
    }
    return List.of(bytes);
  }

  private boolean isSentInBlocks(int input) {
    return lifetimes.lives(input)
        && !lifetimes.made(input)
        && graph.tensor(input).shape().rank() == 4
        && lifetimes.isForOneLayer(input)
        && !whole.get(input);
  }

  private long bytes(int image, long shared) {
    long rows = graph.tensor(image).shape().dim(1);
    long together = residence.tileBytes(image);
    for (int output : layers.get(lifetimes.first(image)).outputs()) {
      together += residence.tileBytes(lifetimes.root(output));
    }
    long seams = Math.ceilDiv(together, capacity) - 1;
    long rowBytes = Math.ceilDiv(graph.tensor(image).bytes(), Math.max(1, rows));
    return Math.min(rows, seams * Math.min(rows, shared)) * rowBytes;
  }

  /** Of each root that a layer reads: rows of it in both of two blocks, below zero if between. */
  private Map<Integer, Long> sharedRows() {
    Map<Integer, Long> shared = new HashMap<>();
    for (Layer layer : layers.reversed()) {
      interruption.check();
      long needed = passesOn(layer) ? needed(layer, shared) : 0;
      for (int input : layer.inputs()) {
        shared.merge(lifetimes.root(input), needed, Math::max);
      }
    }
    return shared;
  }

  /** Where a layer sees the whole map the cascade ends before it. */
  private long needed(Layer layer, Map<Integer, Long> shared) {
    long after =
        layer.outputs().stream()
            .mapToLong(output -> shared.getOrDefault(lifetimes.root(output), 0L))
            .max()
            .orElse(0);
    return Span.window(graph, graph.nodes().get(layer.main()))
        .map(window -> (after - 1) * window.strideHeight() + window.inputRows(1))
        .map(rows -> Math.clamp(rows, -MANY_ROWS, MANY_ROWS))
        .orElse(0L);
  }

  private boolean passesOn(Layer layer) {
    return layer.onAccelerator()
        && layer.inputs().stream().noneMatch(input -> whole.get(lifetimes.root(input)))
        && (overflows(layer.inputs()) || overflows(layer.outputs()));
  }

  private boolean overflows(List<Integer> tensors) {
    return tensors.stream()
        .map(lifetimes::root)
        .anyMatch(root -> spills.get(root).isPresent() && lifetimes.isForOneLayer(root));
  }
}
