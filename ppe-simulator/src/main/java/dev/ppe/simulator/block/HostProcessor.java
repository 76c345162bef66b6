package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.job.Job;

/**
 * The host's processor: fixed costs of the driver, and operators that stay there. Of these each
 * takes the time to start one, then a roofline, the slower of arithmetic and operand traffic.
 * Conversions between floats and 8 bits go at a rate of their own.
 */
public record HostProcessor(Host host, long clockHz) {
  /** The accelerator's host. */
  public HostProcessor(Accelerator accelerator) {
    this(accelerator.host(), accelerator.clockHz());
  }

  /** How long a job takes, in accelerator cycles. */
  public long cycles(Job.OfHost job) {
    return switch (job) {
      case Job.HostOperator operator -> cycles(operator);
      case Job.Delay delay -> Cycles.between(delay.fromNanos(), delay.toNanos(), clockHz);
      case Job.Given given -> given.cycles();
    };
  }

  private long cycles(Job.HostOperator job) {
    long slower =
        Math.max(
            Cycles.atRate(job.macs(), host.macsPerSecond(), clockHz),
            Cycles.atRate(job.bytes(), host.bytesPerSecond(), clockHz));
    return Cycles.ofNanos(job.nanos(), clockHz)
        + Cycles.atRate(job.converted(), host.quantizedElementsPerSecond(), clockHz)
        + slower;
  }
}
