package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.Job;

/**
 * The links between PEs, which move in step: as long as the PE needs that takes most from the
 * others. That is the halo of its tile, or its part of a second factor. Weights that PEs share do
 * not pass here: they are broadcast to the core memories ({@link CoreMemory}).
 *
 * @param bytesPerCycle what one PE takes; 0 where there is no network, and nothing to take
 */
public record PeNetwork(int bytesPerCycle) {
  /** That of a single PE. */
  public static final PeNetwork NONE = new PeNetwork(0);

  /** That of an accelerator. */
  public static PeNetwork of(Accelerator accelerator) {
    return accelerator
        .network()
        .map(network -> new PeNetwork(network.bytesPerCycle()))
        .orElse(NONE);
  }

  /** How long all of a job takes. */
  public long cycles(Job.OfNetwork job) {
    return switch (job) {
      case Job.Take take -> cycles(take.bytes());
      case Job.Given given -> given.cycles();
    };
  }

  /** How long it takes until the busiest PE has so many bytes of others. */
  public long cycles(long bytes) {
    return bytesPerCycle == 0 ? 0 : Math.ceilDiv(bytes, (long) bytesPerCycle);
  }
}
