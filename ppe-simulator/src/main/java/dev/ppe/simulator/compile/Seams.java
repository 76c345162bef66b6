package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the host sends of an image more than once. Where an image and what the first layer makes of
 * it do not fit into PE memory together, the image comes in blocks, and each goes through all the
 * layers whose operands do not fit (a cascade). Two blocks side by side both need the rows that the
 * windows of these layers together reach over, and the host sends them twice: 7 of 512 where a
 * convolution at stride 2 and depthwise ones at 1 and 2 follow each other (docs/machine-model.md).
 */
final class Seams {
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
    List<Long> bytes = new ArrayList<>(lifetimes.tensors());
    for (int tensor = 0; tensor < lifetimes.tensors(); tensor++) {
      bytes.add(cascades && seams.isSentInBlocks(tensor) ? seams.bytes(tensor) : 0L);
    }
    return bytes;
  }

  private boolean isSentInBlocks(int tensor) {
    return lifetimes.lives(tensor)
        && !lifetimes.made(tensor)
        && graph.inputs().contains(tensor)
        && graph.tensor(tensor).shape().rank() == 4
        && lifetimes.isForOneLayer(tensor)
        && !whole.get(tensor);
  }

  private long bytes(int image) {
    Shape shape = graph.tensor(image).shape();
    long rows = shape.dim(1);
    int step = lifetimes.first(image);
    long together = residence.bytes(image);
    for (int output : layers.get(step).outputs()) {
      together += residence.bytes(lifetimes.root(output));
    }
    long seams = Math.ceilDiv(together, capacity) - 1;
    long rowBytes = Math.ceilDiv(graph.tensor(image).bytes(), Math.max(1, rows));
    return Math.min(rows, seams * cascade(step, rows).seamRows()) * rowBytes;
  }

  /** How far the windows reach of the layers from a step on whose operands overflow. */
  private Span cascade(int step, long rows) {
    Span span = Span.before(step);
    while (span.next() < layers.size() && passesOn(layers.get(span.next()))) {
      interruption.check();
      Optional<Span> next = span.after(graph, layers.get(span.next()), rows);
      if (next.isEmpty()) {
        return span;
      }
      span = next.get();
    }
    return span;
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
