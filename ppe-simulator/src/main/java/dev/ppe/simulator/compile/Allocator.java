package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Activation;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.Overflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Phase 4: activations to PE memory, parameters to the parameter memory.
 *
 * <p>An activation lives from the layer that makes it to the last that reads it, spread over the
 * PEs as {@link Residence} says. Where the living do not fit, the largest of them overflow, into
 * the parameter memory or off the chip: they are then streamed through a small buffer by the layers
 * that make and read them. Offsets come from {@link OffsetAllocator}; should its gaps cost too
 * much, less is promised to the living and the plan made again.
 */
final class Allocator {
  /**
   * Attempts to plan within ever less memory; in the last nothing stays and everything is streamed.
   */
  private static final int ATTEMPTS = 8;

  private static final List<Integer> NOTHING = List.of();

  private final Interruption interruption;
  private final Graph graph;
  private final List<Layer> layers;
  private final List<Optional<Tiling>> tilings;
  private final Accelerator accelerator;
  private final Residence residence;
  private final int[] root;
  private final int[] first;
  private final int[] last;
  private final boolean[] made; // by a layer on the accelerator

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
    this.root = new int[graph.tensors().size()];
    this.first = new int[graph.tensors().size()];
    this.last = new int[graph.tensors().size()];
    this.made = new boolean[graph.tensors().size()];
    findLifetimes();
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

  private MemoryPlan plan(List<Optional<Spill>> spills, List<Buffer> buffers, long peak) {
    long overflow = overflowBytes();
    interruption.check();
    boolean inParameterMemory =
        accelerator.peMemory().overflow() == Overflow.PARAMETER_MEMORY
            && overflow <= accelerator.parameterMemory().cacheBytes();
    long overflowBytes = inParameterMemory ? overflow : 0;
    long instructions = InstructionBytes.of(graph, layers, tilings, accelerator);
    interruption.check();
    long taken = overflowBytes + instructions;
    ParameterCache parameters =
        ParameterCache.plan(graph, layers, accelerator, taken, interruption);
    List<Boolean> overflowing = new ArrayList<>(root.length);
    List<Boolean> offChip = new ArrayList<>(root.length);
    List<Activation> activations = new ArrayList<>();
    for (int tensor = 0; tensor < root.length; tensor++) {
      interruption.check();
      Optional<Spill> spill = spills.get(root[tensor]);
      overflowing.add(spill.isPresent());
      offChip.add(spill.isPresent() && !inParameterMemory);
      if (lives(root[tensor])) {
        activations.add(activation(tensor, spill));
      }
    }
    return new MemoryPlan(
        activations,
        buffers,
        overflowing,
        offChip,
        taken,
        instructions,
        peak,
        lowerBound(buffers),
        parameters.bytes(),
        parameters.cached(),
        parameters.placements());
  }

  private Activation activation(int tensor, Optional<Spill> spill) {
    int owner = root[tensor];
    return new Activation(
        tensor, graph.tensor(tensor).name(), owner, share(owner), first[owner], last[owner], spill);
  }

  /**
   * The most bytes at a time of inputs that are larger than all PE memories together: what the host
   * sends has to lie somewhere, while what a layer makes can be used block by block.
   */
  private long overflowBytes() {
    long capacity = accelerator.peMemory().bytes() * accelerator.grid().pes();
    long[] change = new long[layers.size() + 1];
    for (int tensor = 0; tensor < root.length; tensor++) {
      interruption.check();
      boolean fromHost = !made[tensor];
      if (lives(tensor) && fromHost && graph.tensor(tensor).bytes() > capacity) {
        change[first[tensor]] += graph.tensor(tensor).bytes();
        change[last[tensor] + 1] -= graph.tensor(tensor).bytes();
      }
    }
    return largestSum(change);
  }

  /** Steps are positions of layers; views share the buffer of what they view. */
  private void findLifetimes() {
    Arrays.setAll(root, tensor -> tensor);
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      Layer layer = layers.get(step);
      if (!layer.onAccelerator()) {
        continue;
      }
      if (tilings.get(step).equals(Optional.of(Tiling.VIEW)) && !layer.inputs().isEmpty()) {
        root[layer.outputs().getFirst()] = root[layer.inputs().getFirst()];
      }
      for (int tensor : layer.inputs()) {
        touch(tensor, step);
      }
      for (int tensor : layer.outputs()) {
        touch(tensor, step);
        made[tensor] = true;
      }
    }
    keepImages();
  }

  /** Images of few channels stay for one layer more: the vendor's compiler frees them late. */
  private void keepImages() {
    for (int input : graph.inputs()) {
      int tensor = root[input];
      boolean image = graph.tensor(tensor).shape().innermost() <= accelerator.core().inputs();
      if (lives(tensor) && image && last[tensor] + 1 < layers.size()) {
        last[tensor] += layers.get(last[tensor] + 1).onAccelerator() ? 1 : 0;
      }
    }
  }

  private void touch(int tensor, int step) {
    first[root[tensor]] = Math.min(first[root[tensor]], step);
    last[root[tensor]] = Math.max(last[root[tensor]], step);
  }

  private boolean lives(int tensor) {
    return root[tensor] == tensor && last[tensor] >= 0;
  }

  /** Bytes of a tensor in one PE. */
  private long share(int tensor) {
    return residence.bytes(tensor);
  }

  /** The most that a step spends on one streamed operand: all of them fit, biases beside. */
  private long streamLimit(int step) {
    Layer layer = layers.get(step);
    return (accelerator.peMemory().bytes() - channelBytes(step))
        / (layer.inputs().size() + layer.outputs().size());
  }

  private long streamBytes(int step, int tensor) {
    return Math.min(share(root[tensor]), streamLimit(step));
  }

  /** Decides what goes off chip so that the living fit {@code capacity} at each step, and why. */
  private List<Optional<Spill>> spill(long capacity) {
    List<Optional<Spill>> spills =
        new ArrayList<>(Collections.nCopies(root.length, Optional.empty()));
    List<List<Integer>> starting = byStep(first);
    List<List<Integer>> ending = byStep(last);
    PriorityQueue<Integer> living =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(this::share).reversed().thenComparing(t -> t));
    int[] operands = new int[root.length]; // how often the step at hand reads or writes each tensor
    long used = 0;
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      for (int tensor : starting.get(step)) {
        living.add(tensor);
        used += share(tensor);
      }
      List<Integer> atHand = operands(step);
      atHand.forEach(tensor -> operands[root[tensor]]++);
      long passing = passingBytes(step, spills);
      while (used + passing > capacity && !living.isEmpty()) {
        int largest = living.remove();
        if (last[largest] >= step) { // the dead are taken out lazily; their bytes already are
          spills.set(largest, Optional.of(new Spill(step, used + passing, capacity)));
          used -= share(largest);
          passing += operands[largest] * streamBytes(step, largest) - landing(largest, step);
        }
      }
      atHand.forEach(tensor -> operands[root[tensor]] = 0);
      for (int tensor : ending.get(step)) {
        used -= spills.get(tensor).isPresent() ? 0 : share(tensor);
      }
    }
    return spills;
  }

  private List<List<Integer>> byStep(int[] step) {
    List<List<Integer>> result = new ArrayList<>();
    layers.forEach(layer -> result.add(new ArrayList<>()));
    for (int tensor = 0; tensor < step.length; tensor++) {
      interruption.check();
      if (lives(tensor)) {
        result.get(step[tensor]).add(tensor);
      }
    }
    return result;
  }

  /**
   * Bytes that a step needs beside the living tensors: what streams through, where inputs land that
   * come from the host, and biases and scales where the PEs share out channels.
   */
  private long passingBytes(int step, List<Optional<Spill>> spills) {
    long bytes = landing(step, spills) + channelBytes(step);
    for (int tensor : operands(step)) {
      bytes += spills.get(root[tensor]).isPresent() ? streamBytes(step, tensor) : 0;
    }
    return bytes;
  }

  private long landing(int step, List<Optional<Spill>> spills) {
    long bytes = 0;
    for (int tensor : layers.get(step).onAccelerator() ? layers.get(step).inputs() : NOTHING) {
      bytes += spills.get(root[tensor]).isPresent() ? 0 : landing(tensor, step);
    }
    return bytes;
  }

  /**
   * What lands of a tensor at a step if it stays: all that the host sends, when it is first read.
   */
  private long landing(int tensor, int step) {
    boolean fromHost = !made[tensor] && first[root[tensor]] == step;
    return fromHost ? residence.landingBytes(tensor) : 0;
  }

  private long channelBytes(int step) {
    Split split = tilings.get(step).map(Tiling::split).orElse(Split.WHOLE);
    Layer layer = layers.get(step);
    if (split.rows() * split.columns() > 1 || layer.parameters().isEmpty()) {
      return 0;
    }
    long share = residence.bytes(layer.outputs().getFirst());
    long channels = Math.min(share, accelerator.core().outputs());
    return split.channels() == 1
        ? 0
        : Math.min(StoredParameters.BESIDE_BYTES * channels, accelerator.peMemory().bytes() / 2);
  }

  /** What a step reads and writes in PE memory; nothing on the host. */
  private List<Integer> operands(int step) {
    Layer layer = layers.get(step);
    if (!layer.onAccelerator()) {
      return List.of();
    }
    List<Integer> operands = new ArrayList<>(layer.inputs());
    operands.addAll(layer.outputs());
    return operands;
  }

  private List<Buffer> buffers(List<Optional<Spill>> spills) {
    List<Buffer> buffers = new ArrayList<>();
    for (int tensor = 0; tensor < root.length; tensor++) {
      interruption.check();
      if (lives(tensor) && spills.get(tensor).isEmpty()) {
        buffers.add(
            new Buffer(graph.tensor(tensor).name(), 0, share(tensor), first[tensor], last[tensor]));
      }
    }
    for (int step = 0; step < layers.size(); step++) {
      interruption.check();
      String layer = layers.get(step).name();
      long streams = passingBytes(step, spills);
      if (streams > 0) {
        buffers.add(new Buffer("streams of " + layer, 0, streams, step, step));
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
