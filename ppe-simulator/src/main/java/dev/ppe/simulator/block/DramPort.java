package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import java.util.Optional;

/**
 * The accelerator's port to its DRAM: latency, then the rate. What the DRAM itself adds, its rows
 * and refreshes, is not in it.
 *
 * @param latency cycles from a transfer's start until the memory hears of it
 * @param bytesPerSecond rate in either direction
 * @param clockHz the accelerator's clock
 */
public record DramPort(long latency, long bytesPerSecond, long clockHz) {

  /** That of an accelerator, if it has one. */
  public static Optional<DramPort> of(Accelerator accelerator) {
    long clockHz = accelerator.clockHz();
    return accelerator
        .dram()
        .map(
            dram ->
                new DramPort(
                    Cycles.ofNanos(dram.latencyNs(), clockHz), dram.bytesPerSecond(), clockHz));
  }

  /**
   * How long a transfer takes if the memory is not slower.
   *
   * @throws ArithmeticException if the cycles do not fit a {@code long}
   */
  public long cycles(long bytes) {
    return Math.addExact(latency, Cycles.atRate(bytes, bytesPerSecond, clockHz));
  }
}
