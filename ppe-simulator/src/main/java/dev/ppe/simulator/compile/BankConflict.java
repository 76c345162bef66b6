package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.PeMemoryBanks;
import dev.ppe.simulator.block.PeMemoryPorts;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.job.Job.Dealt;

/**
 * How the compiler deals a layer's streams out over the banks of PE memory, and what the cores then
 * wait for them. What streams come to in their banks is the block's matter ({@link PeMemoryBanks});
 * the compiler chooses so that the cores wait least:
 *
 * <pre>
 * wait = max(0, cycles until the cores' banks have served all in them - compute cycles)
 * </pre>
 *
 * <p>With three banks and more, none: operands, results, and all that moves meanwhile lie apart.
 * Every way to deal streams out over some banks is one for more, so more banks never cost cycles.
 *
 * @param cycles that the cores wait
 * @param dealt which stream is in which bank
 * @param filledBytes of the busiest PE, that come while the cores work
 * @param drainedBytes of the busiest PE, that go meanwhile
 */
public record BankConflict(long cycles, Dealt dealt, long filledBytes, long drainedBytes) {
  /** Nothing is waited for. */
  public static final BankConflict NONE = new BankConflict(0, new Dealt(0, 1, 2, 2), 0, 0);

  private static final int APART = 3;

  /**
   * Of one layer.
   *
   * @param memory of each PE
   * @param tiling what the layer takes
   * @param often how often a second factor comes
   * @param filledBytes of one PE, that come in under the cores' work
   * @param drainedBytes of one PE, that go out under it
   */
  static BankConflict of(
      PeMemory memory, Tiling tiling, int often, long filledBytes, long drainedBytes) {
    if (memory.banks() >= APART) {
      return NONE;
    }
    PeMemoryBanks.Streams streams =
        new PeMemoryBanks(PeMemoryPorts.of(memory))
            .streams(tiling.portCycles(often), tiling.outputCycles(), filledBytes, drainedBytes);
    Dealt best = new Dealt(0, 0, 0, 0);
    for (int ways = 0; ways < 8 && memory.banks() > 1; ways++) {
      Dealt other = new Dealt(0, ways & 1, ways >> 1 & 1, ways >> 2 & 1);
      best = streams.cycles(other) < streams.cycles(best) ? other : best;
    }
    long waited = streams.waitingCycles(best, tiling.computeCycles(often));
    return waited == 0 ? NONE : new BankConflict(waited, best, filledBytes, drainedBytes);
  }
}
