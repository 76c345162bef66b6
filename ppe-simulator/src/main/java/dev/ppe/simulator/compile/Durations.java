package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.block.HostLink;
import dev.ppe.simulator.block.HostProcessor;
import dev.ppe.simulator.block.PeArray;
import dev.ppe.simulator.block.PeNetwork;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/**
 * How long instructions hold their blocks if no DRAM is slower than the port to it. It asks the
 * blocks, and is asked by the machine, which has the DRAM beside it, as by those who look at a
 * program without running it. For one thread at a time: see {@link PeArray}.
 */
public final class Durations {
  private final HostProcessor host;
  private final PeNetwork network;
  private final PeArray array;
  private final Optional<HostLink> link;
  private final Optional<DramPort> dram;

  /** On an accelerator. */
  public Durations(Accelerator accelerator) {
    this.host = new HostProcessor(accelerator);
    this.network = PeNetwork.of(accelerator);
    this.array = new PeArray(accelerator);
    this.link = HostLink.of(accelerator);
    this.dram = DramPort.of(accelerator);
  }

  /**
   * Cycles of one instruction.
   *
   * @throws ArithmeticException if they, or those of all its job, do not fit a {@code long}
   */
  public long cycles(Work work) {
    long whole = whole(work);
    if (whole < 0) { // they were added up beyond 63 bits
      throw new ArithmeticException("%s takes %d cycles".formatted(work, whole));
    }
    return work instanceof Work.Task task ? task.part().share(whole) : whole;
  }

  /** Of a job all of it, whatever part the instruction is. */
  private long whole(Work work) {
    return switch (work) {
      case Work.HostTask task -> host.cycles(task.job());
      case Work.Exchange exchange -> network.cycles(exchange.job());
      case Work.Compute compute -> array.cycles(compute.job());
      case Work.LinkTransfer transfer ->
          link.orElseThrow().cycles(transfer.towardsDevice(), transfer.bytes());
      case Work.DramTransfer transfer -> dram.orElseThrow().cycles(transfer.bytes());
    };
  }
}
