package dev.ppe.simulator.simulate;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.compile.Durations;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/**
 * The blocks of an accelerator and its host, all idle at cycle 0. Each does one thing at a time, in
 * order, and {@link Durations} knows how long that takes it; only the DRAM goes by what it did
 * before.
 */
final class Blocks {
  private final Durations durations;
  private final Optional<DramInterface> dram;

  Blocks(Accelerator accelerator) {
    this.durations = new Durations(accelerator);
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
    return work instanceof Work.DramTransfer transfer
        ? dram.orElseThrow().finish(transfer, start)
        : Math.addExact(start, durations.cycles(work));
  }

  /** What the DRAM has done by {@code cycle}, when all blocks are idle again. */
  DramActivity dramActivity(long cycle) {
    return dram.map(memory -> memory.activity(cycle)).orElse(DramActivity.NONE);
  }
}
