package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Phase 4: activations to PE memory, parameters to the parameter memory.
 *
 * <p>An activation lives from the layer that makes it to the last that reads it ({@link
 * Lifetimes}), spread over the PEs as {@link Residence} says. Where the living do not fit, the
 * largest of them overflow ({@link Spilling}), into the parameter memory or off the chip: they are
 * then streamed through a small buffer by the layers that make and read them ({@link Streams}).
 * Offsets come from {@link OffsetAllocator}; should its gaps cost too much, less is promised to the
 * living and the plan made again.
 */
final class Allocator {
  /**
   * Attempts to plan within ever less memory; in the last nothing stays and everything is streamed.
   */
  private static final int ATTEMPTS = 8;

  private final Interruption interruption;
  private final Graph graph;
  private final List<Layer> layers;
  private final List<Optional<Tiling>> tilings;
  private final Accelerator accelerator;
  private final Residence residence;
  private final Lifetimes lifetimes;
  private final Streams streams;

  private Allocator(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    this.interruption = interruption;
    this.graph = graph;
    this.layers = layers;
    this.tilings = tilings;
    this.accelerator = accelerator;
    this.residence = Residence.of(graph, layers, accelerator, interruption);
    this.lifetimes = Lifetimes.of(graph, layers, tilings, lateChannels(accelerator), interruption);
    this.streams = new Streams(layers, tilings, accelerator, residence, lifetimes);
  }

  /**
   * Of how many channels a map has to be, at the most, to be freed late. The vendor's compiler for
   * Coral frees images as other maps; where they come by way of a DRAM, the latencies of a
   * segmentation network on Tensor G1 say that they stay for a layer more (docs/machine-model.md).
   */
  private static int lateChannels(Accelerator accelerator) {
    boolean offChip = accelerator.peMemory().overflow() == Overflow.OFF_CHIP;
    return offChip ? accelerator.core().inputs() : 0;
  }

  static MemoryPlan allocate(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    Allocator allocator = new Allocator(graph, layers, tilings, accelerator, interruption);
    long capacity = accelerator.peMemory().bytes();
    for (int attempt = 0; ; attempt++) {
      interruption.check();
      List<Optional<Spill>> spills = allocator.spill(capacity * (ATTEMPTS - attempt) / ATTEMPTS);
      interruption.check();
      List<Buffer> buffers = OffsetAllocator.allocate(allocator.buffers(spills), interruption);
      long peak = buffers.stream().mapToLong(b -> b.offset() + b.bytes()).max().orElse(0);
      if (peak <= capacity || attempt == ATTEMPTS) {
        interruption.check();
        return allocator.plan(spills, buffers, peak);
      }
    }
  }

  private List<Optional<Spill>> spill(long capacity) {
    return Spilling.within(capacity, lifetimes, residence, streams, interruption);
  }

  private MemoryPlan plan(List<Optional<Spill>> spills, List<Buffer> buffers, long peak) {
    BitSet whole = whole(spills);
    long overflow = overflowBytes(whole);
    interruption.check();
    boolean fits = overflow <= accelerator.parameterMemory().cacheBytes();
    boolean inParameterMemory =
        accelerator.peMemory().overflow() == Overflow.PARAMETER_MEMORY && fits;
    long overflowBytes = inParameterMemory ? overflow : 0;
    long instructions = InstructionBytes.of(graph, layers, tilings, accelerator);
    interruption.check();
    long taken = overflowBytes + instructions;
    ParameterCache parameters =
        ParameterCache.plan(graph, layers, accelerator, taken, interruption);
    List<Boolean> overflowing = new ArrayList<>(lifetimes.tensors());
    List<Boolean> offChip = new ArrayList<>(lifetimes.tensors());
    List<Boolean> kept = new ArrayList<>(lifetimes.tensors());
    List<Activation> activations = new ArrayList<>();
    for (int tensor = 0; tensor < lifetimes.tensors(); tensor++) {
      interruption.check();
      int root = lifetimes.root(tensor);
      Optional<Spill> spill = spills.get(root);
      overflowing.add(spill.isPresent());
      offChip.add(whole.get(root) && !inParameterMemory);
      kept.add(whole.get(root) && inParameterMemory);
      if (lifetimes.lives(root)) {
        activations.add(activation(tensor, spill));
      }
    }
    return new MemoryPlan(
        activations,
        buffers,
        overflowing,
        offChip,
        kept,
        Seams.bytes(graph, layers, lifetimes, residence, accelerator, spills, whole, interruption),
        taken,
        instructions,
        peak,
        lowerBound(buffers),
        parameters.bytes(),
        parameters.cached(),
        parameters.placements());
  }

  private Activation activation(int tensor, Optional<Spill> spill) {
    int root = lifetimes.root(tensor);
    return new Activation(
        tensor,
        graph.tensor(tensor).name(),
        root,
        residence.bytes(root),
        lifetimes.first(root),
        lifetimes.last(root),
        spill);
  }

  /**
   * The roots that overflow and have to lie somewhere from when they are made to when they are
   * read. Where that would be the parameter memory, what is passed on in blocks does not; but an
   * input that is larger than all PE memories does, as the vendor's compiler has it.
   */
  private BitSet whole(List<Optional<Spill>> spills) {
    List<Integer> overflowing =
        IntStream.range(0, lifetimes.tensors())
            .filter(tensor -> lifetimes.lives(tensor) && spills.get(tensor).isPresent())
            .boxed()
            .sorted(Comparator.comparingInt(lifetimes::first))
            .toList();
    BitSet whole = new BitSet();
    overflowing.forEach(whole::set);
    if (accelerator.peMemory().overflow() == Overflow.PARAMETER_MEMORY) {
      long capacity = accelerator.peMemory().bytes() * accelerator.grid().pes();
      BitSet passedOn =
          Cascades.passedOn(
              graph, layers, lifetimes, residence, accelerator, overflowing, interruption);
      passedOn.stream()
          .filter(root -> lifetimes.made(root) || graph.tensor(root).bytes() <= capacity)
          .forEach(whole::clear);
    }
    return whole;
  }

  /** The most bytes at a time of those that overflow and lie somewhere whole. */
  private long overflowBytes(BitSet whole) {
    long[] change = new long[layers.size() + 1];
    whole.stream()
        .forEach(
            root -> {
              change[lifetimes.first(root)] += graph.tensor(root).bytes();
              change[lifetimes.last(root) + 1] -= graph.tensor(root).bytes();
            });
    return largestSum(change);
  }

  private List<Buffer> buffers(List<Optional<Spill>> spills) {
    List<Buffer> buffers = new ArrayList<>();
    for (int tensor = 0; tensor < lifetimes.tensors(); tensor++) {
      interruption.check();
      if (lifetimes.lives(tensor) && spills.get(tensor).isEmpty()) {
        buffers.add(activation(tensor, Optional.empty()).wanted());
      }
    }
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      long bytes = streams.blockBytes(step, spills);
      if (bytes > 0) {
        buffers.add(new Buffer("streams of " + layers.get(step).name(), 0, bytes, step, step));
      }
    }
    return buffers;
  }

  private long lowerBound(List<Buffer> buffers) {
    long[] change = new long[layers.size() + 1];
    for (Buffer buffer : buffers) {
      change[buffer.firstStep()] += buffer.bytes();
      change[buffer.lastStep() + 1] -= buffer.bytes();
    }
    return largestSum(change);
  }

  private static long largestSum(long[] change) {
    long alive = 0;
    long most = 0;
    for (long delta : change) {
      alive += delta;
      most = Math.max(most, alive);
    }
    return most;
  }
}
