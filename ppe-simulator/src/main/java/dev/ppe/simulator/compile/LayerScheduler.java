package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;
import static dev.ppe.simulator.compile.ProgramBuilder.part;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.ParameterMemory;
import dev.ppe.simulator.hardware.Cycles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The instructions of one layer on the accelerator: operands in, exchange between PEs, weights to
 * the cores, compute, results out, for each pass over the weights and each piece of them.
 */
final class LayerScheduler {
  /** Of a layer with more tiles than this, an instruction of the cores repeats a tile. */
  private static final int MOST_LOOPS = 1024;

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
      return program.add(index, new Work.Compute(0), Cause.COMPUTE, ready);
    }
    Passes work = Passes.of(mapping, index);
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
        operands = after(exchange(index, tiling, pass, passes, operands));
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
        computed = compute(index, tiling, work, pass * pieces + piece, inPlace);
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
    long cycles = Cycles.ofNanos(accelerator.invocation().layerOverheadNs(), accelerator.clockHz());
    return cycles == 0
        ? ready
        : after(program.add(index, new Work.Compute(cycles), Cause.INVOCATION, ready));
  }

  /**
   * The cores at work, tile by tile: what moves between PE memory and parameter memory, lines of
   * weights that nothing hides, then the work, then what is added on the way out. Nothing comes
   * between the tiles of a step. Of a layer with very many, an instruction repeats a tile so many
   * times, so that programs do not grow without end.
   */
  private int compute(int index, Tiling tiling, Passes passes, int step, Set<Integer> inPlace) {
    int steps = passes.steps();
    long cycles = part(tiling.computeCycles(), step, steps);
    long tiles = Math.clamp(Math.ceilDiv(passes.tiles(), (long) steps), 1, Math.max(1, cycles));
    int loops = Math.toIntExact(Math.min(tiles, Math.ceilDiv(MOST_LOOPS, steps)));
    long kept = part(passes.keptCycles(), step, steps);
    long waiting = part(tiling.waitingCycles(), step, steps);
    long adding = part(tiling.adding().cycles(), step, steps);
    Set<Integer> ready = inPlace;
    int computed = NONE;
    for (int loop = 0; loop < loops; loop++) {
      ready = waiting(index, part(kept, loop, loops), Cause.DMA, ready);
      ready = waiting(index, part(waiting, loop, loops), Cause.PARAMETER_FETCH, ready);
      Work work = new Work.Compute(part(cycles, loop, loops), part(tiles, loop, loops));
      computed = program.add(index, work, tiling.bound(), ready);
      ready = after(computed);
      long sums = part(adding, loop, loops);
      if (sums > 0) {
        Cause cause = tiling.adding().bound();
        computed = program.add(index, new Work.Compute(sums), cause, ready);
        ready = after(computed);
      }
    }
    return computed;
  }

  /** The cores wait; not at all for what takes no time. */
  private Set<Integer> waiting(int index, long cycles, Cause cause, Set<Integer> ready) {
    return cycles == 0 ? ready : after(program.add(index, new Work.Compute(cycles), cause, ready));
  }

  private int fetch(int index, List<AddressRange> ranges, Set<Integer> after) {
    Work work = Transfers.work(transfers.memoryRoute(true), ranges, true);
    return program.add(index, work, Cause.DMA, after);
  }

  private int store(int index, List<AddressRange> ranges, int computed) {
    Work work = Transfers.work(transfers.memoryRoute(false), ranges, false);
    return program.add(index, work, Cause.DMA, after(computed));
  }

  private int exchange(int index, Tiling tiling, int pass, int passes, Set<Integer> operands) {
    Work work =
        new Work.Exchange(
            part(tiling.networkCycles(), pass, passes), part(tiling.networkBytes(), pass, passes));
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
