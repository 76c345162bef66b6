package dev.ppe.simulator.simulate;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.block.HostLink;
import dev.ppe.simulator.block.HostProcessor;
import dev.ppe.simulator.block.PeArray;
import dev.ppe.simulator.block.PeNetwork;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/**
 * The blocks of an accelerator and its host, all idle at cycle 0. Each does one thing at a time, in
 * order, and says how long that takes it; only the DRAM goes by what it did before.
 */
final class Blocks {
  private final HostProcessor host;
  private final PeNetwork network;
  private final PeArray array;
  private final Optional<HostLink> hostLink;
  private final Optional<DramInterface> dram;

  Blocks(Accelerator accelerator) {
    this.host = new HostProcessor(accelerator);
    this.network = PeNetwork.of(accelerator);
    this.array = new PeArray(accelerator);
    this.hostLink = HostLink.of(accelerator);
    this.dram = DramPort.of(accelerator).map(port -> new DramInterface(port, accelerator));
  }

  /**
   * Has the block that {@code work} is for do it.
   *
   * @param start the cycle in which it begins, not before the end of the block's work before
   * @return the first cycle after it
   * @throws ArithmeticException if that cannot be counted
   */
  long finish(Work work, long start) {
    return switch (work) {
      case Work.HostTask task -> after(start, task, host.cycles(task.job()));
      case Work.Exchange exchange -> after(start, exchange, network.cycles(exchange.job()));
      case Work.Compute compute -> after(start, compute, array.cycles(compute.job()));
      case Work.LinkTransfer transfer ->
          Math.addExact(
              start, hostLink.orElseThrow().cycles(transfer.towardsDevice(), transfer.bytes()));
      case Work.DramTransfer transfer -> dram.orElseThrow().finish(transfer, start);
    };
  }

  /** After a task's part of the cycles that all of its job takes. */
  private static long after(long start, Work.Task task, long cycles) {
    return Math.addExact(start, task.part().share(cycles));
  }

  /** What the DRAM has done by {@code cycle}, when all blocks are idle again. */
  DramActivity dramActivity(long cycle) {
    return dram.map(memory -> memory.activity(cycle)).orElse(DramActivity.NONE);
  }
}
