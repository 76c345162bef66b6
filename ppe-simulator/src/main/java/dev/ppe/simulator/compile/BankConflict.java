package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.BankTraffic;
import dev.ppe.simulator.hardware.BankTraffic.Dealt;
import dev.ppe.simulator.hardware.PeMemory;

/**
 * How the compiler deals a layer's streams out over the banks of PE memory, and what the cores then
 * wait for them. Beside a block of a layer up to four streams are under way: the cores read
 * operands and write results, the next block's operands come in (double buffering), and the last
 * block's results go out. Each takes its bytes over the width of the port that it passes: reads and
 * drains that of the operands, results and fills that of the results. What they come to in their
 * banks is the machine's matter ({@link BankTraffic}); the compiler chooses so that the cores wait
 * least:
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
    BankTraffic traffic =
        new BankTraffic(
            tiling.portCycles(often),
            tiling.outputCycles(),
            Math.ceilDiv(filledBytes, memory.writeBytesPerCycle()),
            Math.ceilDiv(drainedBytes, memory.readBytesPerCycle()));
    Dealt best = new Dealt(0, 0, 0, 0);
    for (int ways = 0; ways < 8 && memory.banks() > 1; ways++) {
      Dealt other = new Dealt(0, ways & 1, ways >> 1 & 1, ways >> 2 & 1);
      best = traffic.cycles(other) < traffic.cycles(best) ? other : best;
    }
    long waited = Math.max(0, traffic.cycles(best) - tiling.computeCycles(often));
    return waited == 0 ? NONE : new BankConflict(waited, best, filledBytes, drainedBytes);
  }
}
