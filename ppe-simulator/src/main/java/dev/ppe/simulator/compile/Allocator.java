package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Phase 4: activations to PE memory, parameters to the parameter memory.
 *
 * <p>An activation lives from the layer that makes it to the last that reads it, spread over all
 * PEs; a layer whose tiles need their neighbours' edges holds a copy of those beside. Where the
 * living do not fit, the largest of them goes off chip: it is then streamed through a small buffer
 * by the layers that make and read it. Offsets come from {@link OffsetAllocator}; should its gaps
 * cost too much, less is promised to the living and the plan made again.
 */
final class Allocator {
  /**
   * Attempts to plan within ever less memory; in the last nothing stays and everything is streamed.
   */
  private static final int ATTEMPTS = 8;

  private final Graph graph;
  private final List<Layer> layers;
  private final List<Optional<Tiling>> tilings;
  private final Accelerator accelerator;
  private final int[] root;
  private final int[] first;
  private final int[] last;

  private Allocator(
      Graph graph, List<Layer> layers, List<Optional<Tiling>> tilings, Accelerator accelerator) {
    this.graph = graph;
    this.layers = layers;
    this.tilings = tilings;
    this.accelerator = accelerator;
    this.root = new int[graph.tensors().size()];
    this.first = new int[graph.tensors().size()];
    this.last = new int[graph.tensors().size()];
    findLifetimes();
  }

  static MemoryPlan allocate(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    ParameterCache parameters = ParameterCache.plan(graph, layers, accelerator);
    Allocator allocator = new Allocator(graph, layers, tilings, accelerator);
    long capacity = accelerator.peMemory().bytes();
    for (int attempt = 0; ; attempt++) {
      interruption.check();
      boolean[] offChip = allocator.spill(capacity * (ATTEMPTS - attempt) / ATTEMPTS, interruption);
      List<Buffer> buffers = OffsetAllocator.allocate(allocator.buffers(offChip), interruption);
      long peak = buffers.stream().mapToLong(b -> b.offset() + b.bytes()).max().orElse(0);
      if (peak <= capacity || attempt == ATTEMPTS) {
        List<Boolean> spilled = new ArrayList<>(offChip.length);
        for (int tensor = 0; tensor < offChip.length; tensor++) {
          spilled.add(offChip[allocator.root[tensor]]);
        }
        return new MemoryPlan(
            buffers,
            spilled,
            peak,
            allocator.lowerBound(buffers),
            parameters.bytes(),
            parameters.cached());
      }
    }
  }

  /** Steps are positions of layers; views share the buffer of what they view. */
  private void findLifetimes() {
    Arrays.setAll(root, tensor -> tensor);
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    for (int step = 0; step < layers.size(); step++) {
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

  /** Bytes of a tensor in one PE: spread evenly, its innermost dimension padded to words of 4. */
  private long share(int tensor) {
    Tensor t = graph.tensor(tensor);
    long innermost = Math.max(1, t.shape().innermost());
    long padded = t.shape().elements() / innermost * Math.ceilDiv(innermost, 4L) * 4;
    return Math.ceilDiv(t.type().bytes(padded), (long) accelerator.grid().pes());
  }

  /** The most that a layer spends on one streamed operand or its halo: all of them fit together. */
  private long streamLimit(Layer layer) {
    return accelerator.peMemory().bytes() / (layer.inputs().size() + layer.outputs().size() + 1L);
  }

  private long streamBytes(Layer layer, int tensor) {
    return Math.min(share(root[tensor]), streamLimit(layer));
  }

  private long haloBytes(int step) {
    return tilings
        .get(step)
        .map(tiling -> Math.min(tiling.haloBytes(), streamLimit(layers.get(step))))
        .orElse(0L);
  }

  /** Decides what goes off chip so that the living fit {@code capacity} at each step. */
  private boolean[] spill(long capacity, Interruption interruption) {
    boolean[] offChip = new boolean[root.length];
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
      long passing = passingBytes(step, offChip);
      while (used + passing > capacity && !living.isEmpty()) {
        int largest = living.remove();
        if (last[largest] >= step) { // the dead are taken out lazily; their bytes already are
          offChip[largest] = true;
          used -= share(largest);
          passing += operands[largest] * streamBytes(layers.get(step), largest);
        }
      }
      atHand.forEach(tensor -> operands[root[tensor]] = 0);
      for (int tensor : ending.get(step)) {
        used -= offChip[tensor] ? 0 : share(tensor);
      }
    }
    return offChip;
  }

  private List<List<Integer>> byStep(int[] step) {
    List<List<Integer>> result = new ArrayList<>();
    layers.forEach(layer -> result.add(new ArrayList<>()));
    for (int tensor = 0; tensor < step.length; tensor++) {
      if (lives(tensor)) {
        result.get(step[tensor]).add(tensor);
      }
    }
    return result;
  }

  /** Bytes that a step needs beside the living tensors: its halo, and what streams through. */
  private long passingBytes(int step, boolean[] offChip) {
    long bytes = haloBytes(step);
    for (int tensor : operands(step)) {
      bytes += offChip[root[tensor]] ? streamBytes(layers.get(step), tensor) : 0;
    }
    return bytes;
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

  private List<Buffer> buffers(boolean[] offChip) {
    List<Buffer> buffers = new ArrayList<>();
    for (int tensor = 0; tensor < root.length; tensor++) {
      if (lives(tensor) && !offChip[tensor]) {
        buffers.add(
            new Buffer(graph.tensor(tensor).name(), 0, share(tensor), first[tensor], last[tensor]));
      }
    }
    for (int step = 0; step < layers.size(); step++) {
      String layer = layers.get(step).name();
      long halo = haloBytes(step);
      long streams = passingBytes(step, offChip) - halo;
      if (halo > 0) {
        buffers.add(new Buffer("halo of " + layer, 0, halo, step, step));
      }
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
    long alive = 0;
    long most = 0;
    for (long delta : change) {
      alive += delta;
      most = Math.max(most, alive);
    }
    return most;
  }
}
