package dev.ppe.simulator.analytic;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Invocation;
import java.util.Optional;

/**
 * What passes between host and accelerator, of no layer: the driver and the doorbell before a
 * stage, the completion behind it, and transfers.
 */
final class HostModel {
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final TransferTime transferTime;
  private final Engines engines;
  private final DramTraffic traffic;

  HostModel(Transfers transfers, Engines engines, DramTraffic traffic) {
    this.accelerator = transfers.accelerator();
    this.transfers = transfers;
    this.transferTime = new TransferTime(transfers);
    this.engines = engines;
    this.traffic = traffic;
  }

  /** The driver and the doorbell. */
  Moment invocation() {
    Invocation costs = accelerator.invocation();
    Moment started = fixed(Moment.START, 0, costs.driverNs(), Cause.INVOCATION);
    return costs.doorbellNs() == 0
        ? started
        : fixed(started, costs.driverNs(), costs.rungNs(), Cause.DOORBELL);
  }

  /** The completion, if it takes time of its own. */
  Optional<Moment> completion(Moment ended) {
    Invocation costs = accelerator.invocation();
    return costs.completionNs() == 0
        ? Optional.empty()
        : Optional.of(fixed(ended, costs.rungNs(), costs.overheadNs(), Cause.COMPLETION));
  }

  private Moment fixed(Moment ready, int fromNanos, int toNanos, Cause cause) {
    long cycles = Cycles.between(fromNanos, toNanos, accelerator.clockHz());
    return engines.occupy(Resource.HOST, ready, cycles, cause, Instruction.NO_LAYER);
  }

  /** What the host has goes to the chip. */
  Moment toDevice(Moment ready, long bytes, Cause cause) {
    return transfer(ready, bytes, cause, true);
  }

  /** What is on the chip goes to the host. */
  Moment toHost(Moment ready, long bytes) {
    return transfer(ready, bytes, Cause.HOST_LINK, false);
  }

  private Moment transfer(Moment ready, long bytes, Cause cause, boolean towardsDevice) {
    Resource route = transfers.hostRoute(towardsDevice);
    if (route == Resource.DRAM) {
      traffic.add(bytes, 1, towardsDevice);
    }
    long cycles = transferTime.of(route, bytes, towardsDevice);
    return engines.occupy(route, ready, cycles, cause, Instruction.NO_LAYER);
  }
}
