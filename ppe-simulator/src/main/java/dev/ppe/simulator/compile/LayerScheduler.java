package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;
import static dev.ppe.simulator.compile.ProgramBuilder.part;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The instructions of one layer on the accelerator: operands in, exchange between PEs, compute,
 * results out, for each block of activations and each piece of streamed parameters.
 */
final class LayerScheduler {
  /**
   * Beyond so many steps a layer's are merged: they overlap no differently, and the program is
   * short.
   */
  private static final int MAX_STEPS = 64;

  private final Mapping mapping;
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final ProgramBuilder program;

  /**
   * The two latest instructions that used staged parameters: each frees half the staging memory.
   */
  private int stagedBefore = NONE;

  private int stagedLast = NONE;

  LayerScheduler(Mapping mapping, Transfers transfers, ProgramBuilder program) {
    this.mapping = mapping;
    this.accelerator = mapping.accelerator();
    this.transfers = transfers;
    this.program = program;
  }

  /**
   * Adds the layer's instructions.
   *
   * @param index the layer
   * @param invocation the instruction after which the stage's program is there
   * @param ready what must have ended for the operands to be there
   * @return the instruction after which the results are there
   */
  int schedule(int index, int invocation, Set<Integer> ready) {
    Layer layer = mapping.layers().get(index);
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    if (tiling.equals(Tiling.VIEW)) {
      return program.add(index, Resource.ARRAY, Cause.COMPUTE, 0, 0, ready);
    }
    long streamed =
        mapping.memory().cached().get(index) ? 0 : mapping.memory().parameterBytes().get(index);
    int pieces = pieces(streamed);
    int blocks = blocks(layer);
    int steps = blocks * pieces;
    long bytesIn = offChipBytes(layer.inputs());
    long bytesOut = offChipBytes(layer.outputs());
    Set<Integer> begin = ready; // later blocks come after the first on every resource anyway
    int fetched = bytesIn > 0 ? fetch(index, part(bytesIn, 0, blocks), ready) : NONE;
    int computed = NONE;
    int stored = NONE;
    int storedBefore = NONE;
    for (int block = 0; block < blocks; block++) {
      Set<Integer> operands = new LinkedHashSet<>(begin);
      operands.add(fetched);
      if (tiling.networkCycles() > 0) {
        operands = after(exchange(index, tiling, block, blocks, operands));
      }
      operands.add(storedBefore); // it freed the buffer that this block's results go to
      int computedBefore = computed; // it freed the buffer that the next block's operands come to
      for (int piece = 0; piece < pieces; piece++) {
        Set<Integer> inPlace = new LinkedHashSet<>(operands);
        if (streamed > 0) {
          inPlace.add(stage(index, part(streamed, piece, pieces), invocation));
        }
        long cycles = part(tiling.computeCycles(), block * pieces + piece, steps);
        computed = program.add(index, Resource.ARRAY, tiling.bound(), cycles, 0, inPlace);
        if (streamed > 0) {
          stagedBefore = stagedLast;
          stagedLast = computed;
        }
      }
      if (bytesIn > 0 && block + 1 < blocks) {
        fetched = fetch(index, part(bytesIn, block + 1, blocks), after(computedBefore));
      }
      if (bytesOut > 0) {
        storedBefore = stored;
        stored = store(index, part(bytesOut, block, blocks), computed);
      }
      begin = Set.of();
    }
    return stored == NONE ? computed : stored;
  }

  private int fetch(int index, long bytes, Set<Integer> after) {
    return program.transfer(index, transfers.memoryRoute(true), Cause.DMA, bytes, after);
  }

  private int store(int index, long bytes, int computed) {
    Resource route = transfers.memoryRoute(false);
    return program.transfer(index, route, Cause.DMA, bytes, after(computed));
  }

  private int exchange(int index, Tiling tiling, int block, int blocks, Set<Integer> operands) {
    return program.add(
        index,
        Resource.NETWORK,
        Cause.ACTIVATION_FETCH,
        part(tiling.networkCycles(), block, blocks),
        part(tiling.networkBytes(), block, blocks),
        operands);
  }

  private int stage(int index, long bytes, int invocation) {
    return program.transfer(
        index,
        transfers.memoryRoute(true),
        Cause.PARAMETER_FETCH,
        bytes,
        after(invocation, stagedBefore));
  }

  private int pieces(long parameterBytes) {
    long pieceBytes = accelerator.parameterMemory().stagingBytes() / 2;
    return Math.clamp(Math.ceilDiv(parameterBytes, pieceBytes), 1, MAX_STEPS);
  }

  /** Blocks in which off-chip operands pass through their stream buffers, two of them in flight. */
  private int blocks(Layer layer) {
    long operands = layer.inputs().size() + layer.outputs().size() + 1L;
    long buffer = accelerator.peMemory().bytes() / operands * accelerator.grid().pes();
    long largest = Math.max(largestOffChip(layer.inputs()), largestOffChip(layer.outputs()));
    return Math.clamp(Math.ceilDiv(2 * largest, Math.max(1, buffer)), 1, MAX_STEPS);
  }

  private long largestOffChip(List<Integer> tensors) {
    return tensors.stream().mapToLong(this::offChipBytes).max().orElse(0);
  }

  private long offChipBytes(List<Integer> tensors) {
    return tensors.stream().mapToLong(this::offChipBytes).sum();
  }

  private long offChipBytes(int tensor) {
    return mapping.memory().offChip().get(tensor) ? mapping.graph().tensor(tensor).bytes() : 0;
  }
}
