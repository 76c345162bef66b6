package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;
import static dev.ppe.simulator.compile.ProgramBuilder.part;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.job.Job;
import java.util.Set;

/**
 * The instructions of the cores for one layer, step by step, and each step tile by tile.
 *
 * @param index the layer
 * @param tiling what it costs
 * @param passes how it is worked through
 * @param tile what the busiest PE does
 * @param work what cores or vector unit do of it, once operands are in place
 * @param program where the instructions go
 */
record CoreScheduler(
    int index,
    Tiling tiling,
    Passes passes,
    TileWork tile,
    Job.Computing work,
    ProgramBuilder program) {
  /** Of a layer with more tiles than this, an instruction of the cores repeats a tile. */
  private static final int MOST_LOOPS = 1024;

  /**
   * A step: its tiles, and nothing between them. Of a layer with very many, an instruction repeats
   * a tile so many times, so that programs do not grow without end.
   *
   * @param step which one
   * @param inPlace what must have ended for operands and weights to be there
   * @return the instruction after which the step is done
   */
  int step(int step, Set<Integer> inPlace) {
    int steps = passes.steps();
    long cycles = part(tiling.computeCycles(times()), step, steps);
    long tiles = Math.clamp(Math.ceilDiv(passes.tiles(), (long) steps), 1, Math.max(1, cycles));
    int loops = Math.toIntExact(Math.min(tiles, Math.ceilDiv(MOST_LOOPS, steps)));
    Set<Integer> ready = inPlace;
    int done = NONE;
    for (int loop = 0; loop < loops; loop++) {
      done = tile(Job.Part.of(step, steps, loop, loops), part(tiles, loop, loops), ready);
      ready = after(done);
    }
    return waitForBanks(Job.Part.of(step, steps), done);
  }

  private int times() {
    return passes.second().times();
  }

  /**
   * What moves between PE memory and parameter memory, before the first tile of all the first piece
   * of a second factor on its way to the core memories, lines of weights that nothing hides, the
   * work, what is added on the way out.
   */
  private int tile(Job.Part part, long tiles, Set<Integer> inPlace) {
    Set<Integer> ready = inPlace;
    if (part.share(passes.kept().cycles()) > 0) {
      Work keep = new Work.Compute(new Job.Keep(passes.kept().bytes()), part);
      ready = after(program.add(index, keep, Cause.DMA, ready));
    }
    if (part.step() == 0 && part.loop() == 0 && tiling.loading().firstCycles() > 0) {
      Job.Part first = Job.Part.of(0, tiling.loading().pieces());
      Work load = new Work.Compute(new Job.Load(tile.second().ownBytes()), first);
      ready = after(program.add(index, load, Cause.ACTIVATION_FETCH, ready));
    }
    if (part.share(tiling.waitingCycles()) > 0) {
      Work await = new Work.Compute(new Job.Await(tile.matrix().orElseThrow()), part);
      ready = after(program.add(index, await, Cause.PARAMETER_FETCH, ready));
    }
    Work computing = new Work.Compute(tiles, work, part);
    int computed = program.add(index, computing, tiling.bound(times()), ready);
    if (part.share(tiling.adding().cycles()) == 0) {
      return computed;
    }
    Work add = new Work.Compute(new Job.Add(tile.addedBytes(), tile.addedElements()), part);
    return program.add(index, add, tiling.adding().bound(), after(computed));
  }

  /** What the banks of PE memory served beside the cores in a step, these wait for at its end. */
  private int waitForBanks(Job.Part part, int computed) {
    BankConflict banks = passes.banks();
    if (part.share(banks.cycles()) == 0) {
      return computed;
    }
    Job.Yield job = new Job.Yield(work, banks.dealt(), banks.filledBytes(), banks.drainedBytes());
    Work waiting = new Work.Compute(job, part);
    return program.add(index, waiting, Cause.PE_MEMORY_BANK, after(computed));
  }
}
