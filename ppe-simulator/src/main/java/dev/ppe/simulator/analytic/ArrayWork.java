package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Passes;
import dev.ppe.simulator.compile.Tiling;

/**
 * What the cores do for one layer, in equal steps: operands and results on their way between PE
 * memory and parameter memory, the first piece of a second factor that comes to the core memories,
 * lines of weights that nothing hides, then the slowest of cores, vector unit and ports, then what
 * a bank of PE memory makes them wait for, then what is added on the way out.
 *
 * @param layer its position
 * @param tiling what it costs
 * @param passes how the layer is worked through
 * @param steps in how many steps
 * @param before steps that are done already and not counted
 */
record ArrayWork(int layer, Tiling tiling, Passes passes, int steps, int before) {
  ArrayWork(int layer, Tiling tiling, Passes passes) {
    this(layer, tiling, passes, passes.steps(), 0);
  }

  /** Without the steps of so many rounds. */
  ArrayWork afterRounds(int rounds) {
    return new ArrayWork(layer, tiling, passes, steps, steps / passes.rounds() * rounds);
  }

  /** When the steps from {@code from} to before {@code to} are done, begun at {@code start}. */
  Moment then(Moment start, int from, int to) {
    int times = passes.second().times();
    long loading = from + before == 0 && to > 0 ? tiling.loading().firstCycles() : 0;
    return start
        .after(between(passes.kept().cycles(), from, to), Cause.DMA, layer)
        .after(loading, Cause.ACTIVATION_FETCH, layer)
        .after(between(tiling.waitingCycles(), from, to), Cause.PARAMETER_FETCH, layer)
        .after(between(tiling.computeCycles(times), from, to), tiling.bound(times), layer)
        .after(between(passes.banks().cycles(), from, to), Cause.PE_MEMORY_BANK, layer)
        .after(between(tiling.adding().cycles(), from, to), tiling.adding().bound(), layer);
  }

  private long between(long whole, int from, int to) {
    return first(whole, before + to, steps) - first(whole, before + from, steps);
  }

  /** The first {@code count} of {@code parts} that a whole is cut into, the longer ones first. */
  static long first(long whole, int count, int parts) {
    return whole / parts * count + Math.min(whole % parts, count);
  }
}
