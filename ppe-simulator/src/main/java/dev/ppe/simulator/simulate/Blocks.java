package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/** The blocks of an accelerator and its host, all idle at cycle 0. */
final class Blocks {
  private final Block<Work.HostTask> host = new TimedBlock<>();
  private final Block<Work.Exchange> network = new TimedBlock<>();
  private final Block<Work.Compute> cores = new TimedBlock<>();
  private final Block<Work.LinkTransfer> hostLink;
  private final Optional<DramInterface> dram;

  Blocks(Accelerator accelerator) {
    this.hostLink = new HostLink(new Transfers(accelerator));
    this.dram = accelerator.dram().map(description -> new DramInterface(accelerator));
  }

  /** Has the block that {@code work} is for do it; see {@link Block#finish}. */
  long finish(Work work, long start) {
    return switch (work) {
      case Work.HostTask task -> host.finish(task, start);
      case Work.Exchange exchange -> network.finish(exchange, start);
      case Work.Compute compute -> cores.finish(compute, start);
      case Work.LinkTransfer transfer -> hostLink.finish(transfer, start);
      case Work.DramTransfer transfer -> dram.orElseThrow().finish(transfer, start);
    };
  }

  /** What the DRAM has done by {@code cycle}, when all blocks are idle again. */
  DramActivity dramActivity(long cycle) {
    return dram.map(memory -> memory.activity(cycle)).orElse(DramActivity.NONE);
  }
}
