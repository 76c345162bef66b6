package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;
import static dev.ppe.simulator.compile.ProgramBuilder.part;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.ParameterMemory;
import dev.ppe.simulator.hardware.Cycles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The instructions of one layer on the accelerator: operands in, exchange between PEs, weights to
 * the cores, compute, results out, for each pass over the weights and each piece of them.
 */
final class LayerScheduler {
  private final Mapping mapping;
  private final Accelerator accelerator;
  private final ParameterMemory parameterMemory;
  private final Transfers transfers;
  private final ProgramBuilder program;

  /**
   * The two latest instructions that used staged parameters: each frees half the staging memory.
   */
  private int stagedBefore = NONE;

  private int stagedLast = NONE;

  /** The latest instruction of the cores: where nothing is prefetched, parameters wait for it. */
  private int lastComputed = NONE;

  LayerScheduler(Mapping mapping, Transfers transfers, ProgramBuilder program) {
    this.mapping = mapping;
    this.accelerator = mapping.accelerator();
    this.parameterMemory = accelerator.parameterMemory();
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
    int pieces = pieces(streamed, tiling);
    int passes = Blocks.passes(mapping, index);
    int steps = passes * pieces;
    long bytesIn = offChipBytes(layer.inputs());
    long bytesOut = offChipBytes(layer.outputs());
    Set<Integer> begin = dispatch(index, ready); // later passes come after it on every resource
    int fetched = bytesIn > 0 ? fetch(index, part(bytesIn, 0, passes), ready) : NONE;
    int computed = NONE;
    int stored = NONE;
    int storedBefore = NONE;
    for (int pass = 0; pass < passes; pass++) {
      Set<Integer> operands = new LinkedHashSet<>(begin);
      operands.add(fetched);
      if (tiling.networkCycles() > 0) {
        operands = after(exchange(index, tiling, pass, passes, operands));
      }
      operands.add(storedBefore); // it freed the buffer that this pass's results go to
      int computedBefore = computed; // it freed the buffer that the next pass's operands come to
      boolean prefetch = parameterMemory.prefetch();
      if (streamed > 0 && !prefetch) {
        operands = after(stage(index, streamed, invocation, operands));
      }
      for (int piece = 0; piece < pieces; piece++) {
        Set<Integer> inPlace = new LinkedHashSet<>(operands);
        if (streamed > 0 && prefetch) {
          inPlace.add(stage(index, part(streamed, piece, pieces), invocation, operands));
        }
        computed = compute(index, tiling, pass * pieces + piece, steps, inPlace);
        if (streamed > 0) {
          stagedBefore = stagedLast;
          stagedLast = computed;
        }
      }
      if (bytesIn > 0 && pass + 1 < passes) {
        fetched = fetch(index, part(bytesIn, pass + 1, passes), after(computedBefore));
      }
      if (bytesOut > 0) {
        storedBefore = stored;
        stored = store(index, part(bytesOut, pass, passes), computed);
      }
      begin = Set.of();
    }
    lastComputed = computed;
    return stored == NONE ? computed : stored;
  }

  /** The layer's instructions are fetched and decoded, and the PEs meet. */
  private Set<Integer> dispatch(int index, Set<Integer> ready) {
    long cycles = Cycles.ofNanos(accelerator.invocation().layerOverheadNs(), accelerator.clockHz());
    return cycles == 0
        ? ready
        : after(program.add(index, Resource.ARRAY, Cause.INVOCATION, cycles, 0, ready));
  }

  /** Lines of weights that nothing hides, the cores at work, what is added on the way out. */
  private int compute(int index, Tiling tiling, int step, int steps, Set<Integer> inPlace) {
    Set<Integer> ready = inPlace;
    long waiting = part(tiling.waitingCycles(), step, steps);
    if (waiting > 0) {
      ready = after(program.add(index, Resource.ARRAY, Cause.PARAMETER_FETCH, waiting, 0, inPlace));
    }
    long cycles = part(tiling.computeCycles(), step, steps);
    int computed = program.add(index, Resource.ARRAY, tiling.bound(), cycles, 0, ready);
    long adding = part(tiling.adding().cycles(), step, steps);
    return adding == 0
        ? computed
        : program.add(index, Resource.ARRAY, tiling.adding().bound(), adding, 0, after(computed));
  }

  private int fetch(int index, long bytes, Set<Integer> after) {
    return program.transfer(index, transfers.memoryRoute(true), Cause.DMA, bytes, after);
  }

  private int store(int index, long bytes, int computed) {
    Resource route = transfers.memoryRoute(false);
    return program.transfer(index, route, Cause.DMA, bytes, after(computed));
  }

  private int exchange(int index, Tiling tiling, int pass, int passes, Set<Integer> operands) {
    return program.add(
        index,
        Resource.NETWORK,
        Cause.ACTIVATION_FETCH,
        part(tiling.networkCycles(), pass, passes),
        part(tiling.networkBytes(), pass, passes),
        operands);
  }

  /**
   * Brings a piece of parameters: as soon as there is room, where they are prefetched; else when
   * the operands are there and the cores have done all before.
   */
  private int stage(int index, long bytes, int invocation, Set<Integer> operands) {
    Set<Integer> after = after(invocation, stagedBefore);
    if (!parameterMemory.prefetch()) {
      after.addAll(operands);
      after.add(lastComputed);
      after.add(stagedLast);
    }
    return program.transfer(
        index, transfers.memoryRoute(true), Cause.PARAMETER_FETCH, bytes, after);
  }

  /**
   * Pieces in which the weights are worked through: each fits the core memories, and half of the
   * staging memory, that one may arrive while the other is used.
   */
  private int pieces(long streamedBytes, Tiling tiling) {
    long coreMemories = Math.ceilDiv(parameterMemory.stagingBytes(), accelerator.grid().pes());
    long linesOfOnePe = tiling.parameterReadBytes() / tiling.split().parts();
    long pieces =
        Math.max(
            Math.ceilDiv(streamedBytes, parameterMemory.stagingBytes() / 2),
            Math.ceilDiv(linesOfOnePe, coreMemories));
    return Math.clamp(pieces, 1, Blocks.MAX_PASSES);
  }

  private long offChipBytes(List<Integer> tensors) {
    return tensors.stream().mapToLong(this::offChipBytes).sum();
  }

  private long offChipBytes(int tensor) {
    return mapping.memory().offChip().get(tensor) ? mapping.graph().tensor(tensor).bytes() : 0;
  }
}
