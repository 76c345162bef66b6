package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Tiling;

/**
 * What the cores do for one layer, in equal steps: operands and results on their way between PE
 * memory and parameter memory, a second factor that comes to the core memories, lines of weights
 * that nothing hides, then the slowest of cores, vector unit and ports, then what a bank of PE
 * memory makes them wait for, then what is added on the way out.
 *
 * @param layer its position
 * @param tiling what it costs
 * @param keptCycles what moves between PE memory and parameter memory
 * @param bankCycles what a bank of PE memory makes the cores wait for
 * @param steps in how many steps
 */
record ArrayWork(int layer, Tiling tiling, long keptCycles, long bankCycles, int steps) {

  /** When the steps from {@code from} to before {@code to} are done, begun at {@code start}. */
  Moment then(Moment start, int from, int to) {
    return start
        .after(between(keptCycles, from, to), Cause.DMA, layer)
        .after(between(tiling.loading().cycles(), from, to), Cause.ACTIVATION_FETCH, layer)
        .after(between(tiling.waitingCycles(), from, to), Cause.PARAMETER_FETCH, layer)
        .after(between(tiling.computeCycles(), from, to), tiling.bound(), layer)
        .after(between(bankCycles, from, to), Cause.PE_MEMORY_BANK, layer)
        .after(between(tiling.adding().cycles(), from, to), tiling.adding().bound(), layer);
  }

  private long between(long whole, int from, int to) {
    return first(whole, to, steps) - first(whole, from, steps);
  }

  /** The first {@code count} of {@code parts} that a whole is cut into, the longer ones first. */
  static long first(long whole, int count, int parts) {
    return whole / parts * count + Math.min(whole % parts, count);
  }
}
