package dev.ppe.simulator.power;

import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.dram.DramTiming;
import dev.ppe.simulator.hardware.Accelerator;

/**
 * What a DRAM does beside moving bytes: rows opened by a stream that begins at a row's start, and
 * refreshes that are due in a time.
 */
public final class DramActions {
  private static final DramTiming TIMING = DramParts.get("lpddr5-6400");

  private final long clockHz;
  private final boolean present;

  /** Those of the accelerator's memory; none where it has none. */
  public DramActions(Accelerator accelerator) {
    this.clockHz = accelerator.clockHz();
    this.present = accelerator.dram().isPresent();
  }

  /** Rows opened by a stream of so many bytes. */
  public long activates(long bytes) {
    return present ? Math.ceilDiv(bytes, (long) TIMING.geometry().rowBytes()) : 0;
  }

  /** Refreshes of all channels that begin within so many cycles of the accelerator. */
  public long refreshes(long cycles) {
    return (long) (cycles / (double) clockHz * refreshesPerSecond());
  }

  /** Refreshes of all channels in a second. */
  public double refreshesPerSecond() {
    return present
        ? TIMING.geometry().channels() * ((double) TIMING.clockHz() / TIMING.refresh().tRefi())
        : 0;
  }
}
