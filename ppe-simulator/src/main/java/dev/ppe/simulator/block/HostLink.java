package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import java.util.Optional;

/**
 * The link to the host, whose directions do not disturb each other: latency, then the rate.
 *
 * @param latency cycles until the first byte
 * @param toDeviceBytesPerSecond rate towards the accelerator
 * @param fromDeviceBytesPerSecond rate back
 * @param clockHz the accelerator's clock
 */
public record HostLink(
    long latency, long toDeviceBytesPerSecond, long fromDeviceBytesPerSecond, long clockHz) {

  /** That of an accelerator, if it has one. */
  public static Optional<HostLink> of(Accelerator accelerator) {
    long clockHz = accelerator.clockHz();
    return accelerator
        .hostLink()
        .map(
            link ->
                new HostLink(
                    Cycles.ofNanos(link.latencyNs(), clockHz),
                    link.toDeviceBytesPerSecond(),
                    link.fromDeviceBytesPerSecond(),
                    clockHz));
  }

  /**
   * How long a transfer takes.
   *
   * @throws ArithmeticException if the cycles do not fit a {@code long}
   */
  public long cycles(boolean towardsDevice, long bytes) {
    long rate = towardsDevice ? toDeviceBytesPerSecond : fromDeviceBytesPerSecond;
    return Math.addExact(latency, Cycles.atRate(bytes, rate, clockHz));
  }
}
