package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.after;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Invocation;
import dev.ppe.simulator.job.Job;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The instructions between host and accelerator, of no layer: the driver and the doorbell before a
 * stage, the completion behind it, and transfers.
 */
final class HostScheduler {
  private final Accelerator accelerator;
  private final Transfers transfers;
  private final ProgramBuilder program;

  HostScheduler(Transfers transfers, ProgramBuilder program) {
    this.accelerator = transfers.accelerator();
    this.transfers = transfers;
    this.program = program;
  }

  /** The driver, and the doorbell where it takes time of its own. */
  int invocation() {
    Invocation costs = accelerator.invocation();
    int started = fixed(0, costs.driverNs(), Cause.INVOCATION, Set.of());
    return costs.doorbellNs() == 0
        ? started
        : fixed(costs.driverNs(), costs.rungNs(), Cause.DOORBELL, after(started));
  }

  /** The completion, if it takes time of its own. */
  OptionalInt completion(Set<Integer> ended) {
    Invocation costs = accelerator.invocation();
    if (costs.completionNs() == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(fixed(costs.rungNs(), costs.overheadNs(), Cause.COMPLETION, ended));
  }

  private int fixed(int fromNanos, int toNanos, Cause cause, Set<Integer> after) {
    Work task = new Work.HostTask(new Job.Delay(fromNanos, toNanos));
    return program.add(Instruction.NO_LAYER, task, cause, after);
  }

  /** What the host has goes to the chip. */
  int toDevice(AddressRange range, Cause cause, Set<Integer> after) {
    Work work = Transfers.work(transfers.hostRoute(true), List.of(range), true);
    return program.add(Instruction.NO_LAYER, work, cause, after);
  }

  /** What is on the chip goes to the host. */
  int toHost(AddressRange range, Set<Integer> after) {
    Work work = Transfers.work(transfers.hostRoute(false), List.of(range), false);
    return program.add(Instruction.NO_LAYER, work, Cause.HOST_LINK, after);
  }
}
