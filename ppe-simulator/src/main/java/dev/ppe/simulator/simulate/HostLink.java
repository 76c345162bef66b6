package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.compile.Work;

/** The link to the host, whose directions do not disturb each other: latency, then the rate. */
record HostLink(Transfers transfers) implements Block<Work.LinkTransfer> {
  @Override
  public long finish(Work.LinkTransfer work, long start) {
    return Math.addExact(start, transfers.cycles(work));
  }
}
