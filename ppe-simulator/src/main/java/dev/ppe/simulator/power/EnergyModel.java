package dev.ppe.simulator.power;

import dev.ppe.simulator.activity.ActionCounts;

/** Energy of some actions over some time: each count times its price. */
public final class EnergyModel {
  private static final double PICO_TO_MICRO = 1e-6;
  private static final double NANO_TO_MICRO = 1e-3; // 1 mW for 1 us is 1 nJ

  private final EnergyTable table;

  /** A model with the prices of {@code table}. */
  public EnergyModel(EnergyTable table) {
    this.table = table;
  }

  /**
   * Prices actions.
   *
   * @param counts what was done
   * @param micros how long it took, in microseconds
   */
  public EnergyBreakdown price(ActionCounts counts, double micros) {
    return new EnergyBreakdown(
        counts.macs() * table.macPj() * PICO_TO_MICRO,
        counts.vectorOperations() * table.vectorOperationPj() * PICO_TO_MICRO,
        (counts.peMemoryReadBytes() + counts.peMemoryWriteBytes())
            * table.peMemoryBytePj()
            * PICO_TO_MICRO,
        counts.parameterBytes() * table.parameterBytePj() * PICO_TO_MICRO,
        counts.networkBytes() * table.networkBytePj() * PICO_TO_MICRO,
        counts.dramBytes() * table.dramBytePj() * PICO_TO_MICRO,
        counts.hostLinkBytes() * table.hostLinkBytePj() * PICO_TO_MICRO,
        table.staticMw() * micros * NANO_TO_MICRO);
  }
}
