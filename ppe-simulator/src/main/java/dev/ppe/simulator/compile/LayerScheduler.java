package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;
import static dev.ppe.simulator.compile.ProgramBuilder.part;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.ParameterMemory;
import java.util.ArrayList;
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
  private final DramLayout layout;
  private final ProgramBuilder program;

  /**
   * The two latest instructions that used staged parameters: each frees half the staging memory.
   */
  private int stagedBefore = NONE;

  private int stagedLast = NONE;

  /** The latest instruction of the cores: where nothing is prefetched, parameters wait for it. */
  private int lastComputed = NONE;

  LayerScheduler(Mapping mapping, Transfers transfers, DramLayout layout, ProgramBuilder program) {
    this.mapping = mapping;
    this.accelerator = mapping.accelerator();
    this.parameterMemory = accelerator.parameterMemory();
    this.transfers = transfers;
    this.layout = layout;
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
      Work nothing = new Work.Compute(0, Job.Delay.NONE, Job.Part.WHOLE);
      return program.add(index, nothing, Cause.COMPUTE, ready);
    }
    TileWork tile = tile(layer, tiling);
    Passes work = Passes.of(mapping, index);
    CoreScheduler cores = new CoreScheduler(index, tiling, work, tile, program);
    long streamedBytes = work.streamedBytes();
    AddressRange streamed = layout.parameters(index, streamedBytes);
    int pieces = work.pieces();
    int passes = work.passes();
    List<AddressRange> in = offChip(layer.inputs());
    List<AddressRange> out = offChip(layer.outputs());
    Set<Integer> begin = dispatch(index, ready); // later passes come after it on every resource
    int fetched = in.isEmpty() ? NONE : fetch(index, parts(in, 0, passes), ready);
    int computed = NONE;
    int stored = NONE;
    int storedBefore = NONE;
    for (int pass = 0; pass < passes; pass++) {
      Set<Integer> operands = new LinkedHashSet<>(begin);
      operands.add(fetched);
      if (tiling.networkCycles() > 0) {
        operands = after(exchange(index, tiling, tile, pass, passes, operands));
      }
      operands.add(storedBefore); // it freed the buffer that this pass's results go to
      int computedBefore = computed; // it freed the buffer that the next pass's operands come to
      boolean prefetch = parameterMemory.prefetch();
      if (streamedBytes > 0 && !prefetch) {
        operands = after(stage(index, streamed, invocation, operands));
      }
      for (int piece = 0; piece < pieces; piece++) {
        Set<Integer> inPlace = new LinkedHashSet<>(operands);
        if (streamedBytes > 0 && prefetch) {
          inPlace.add(stage(index, streamed.part(piece, pieces), invocation, operands));
        }
        computed = cores.step(pass * pieces + piece, inPlace);
        if (streamedBytes > 0) {
          stagedBefore = stagedLast;
          stagedLast = computed;
        }
      }
      if (!in.isEmpty() && pass + 1 < passes) {
        fetched = fetch(index, parts(in, pass + 1, passes), after(computedBefore));
      }
      if (!out.isEmpty()) {
        storedBefore = stored;
        stored = store(index, parts(out, pass, passes), computed);
      }
      begin = Set.of();
    }
    lastComputed = computed;
    return stored == NONE ? computed : stored;
  }

  /** The layer's instructions are fetched and decoded, and the PEs meet. */
  private Set<Integer> dispatch(int index, Set<Integer> ready) {
    int nanos = accelerator.invocation().layerOverheadNs();
    long cycles = Cycles.ofNanos(nanos, accelerator.clockHz());
    if (cycles == 0) {
      return ready;
    }
    Work decoding = new Work.Compute(cycles, new Job.Delay(nanos), Job.Part.WHOLE);
    return after(program.add(index, decoding, Cause.DECODE, ready));
  }

  private TileWork tile(Layer layer, Tiling tiling) {
    TilingProblem problem = TilingProblem.of(mapping.graph(), layer, accelerator).orElseThrow();
    return TileWork.of(accelerator.grid(), problem, tiling.split(), tiling.onCores());
  }

  private int fetch(int index, List<AddressRange> ranges, Set<Integer> after) {
    Work work = Transfers.work(transfers.memoryRoute(true), ranges, true);
    return program.add(index, work, Cause.DMA, after);
  }

  private int store(int index, List<AddressRange> ranges, int computed) {
    Work work = Transfers.work(transfers.memoryRoute(false), ranges, false);
    return program.add(index, work, Cause.DMA, after(computed));
  }

  private int exchange(
      int index, Tiling tiling, TileWork tile, int pass, int passes, Set<Integer> operands) {
    Work work =
        new Work.Exchange(
            part(tiling.networkCycles(), pass, passes),
            part(tiling.networkBytes(), pass, passes),
            new Job.Take(tile.foreignBytes()),
            Job.Part.of(pass, passes));
    return program.add(index, work, Cause.ACTIVATION_FETCH, operands);
  }

  /**
   * Brings a piece of parameters: as soon as there is room, where they are prefetched; else when
   * the operands are there and the cores have done all before.
   */
  private int stage(int index, AddressRange range, int invocation, Set<Integer> operands) {
    Set<Integer> after = after(invocation, stagedBefore);
    if (!parameterMemory.prefetch()) {
      after.addAll(operands);
      after.add(lastComputed);
      after.add(stagedLast);
    }
    Work work = Transfers.work(transfers.memoryRoute(true), List.of(range), true);
    return program.add(index, work, Cause.PARAMETER_FETCH, after);
  }

  private List<AddressRange> offChip(List<Integer> tensors) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int tensor : tensors) {
      if (mapping.memory().offChip().get(tensor)) {
        ranges.add(layout.tensor(tensor, mapping.graph().tensor(tensor).bytes()));
      }
    }
    return ranges;
  }

  /** What one of several passes needs: as much of each, in whole bytes. */
  private static List<AddressRange> parts(List<AddressRange> ranges, int pass, int passes) {
    return ranges.stream().map(range -> range.part(pass, passes)).toList();
  }
}
