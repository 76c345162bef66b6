package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.VectorWork;
import org.jspecify.annotations.Nullable;

/**
 * All PEs, which work in step: a job takes as long as the busiest {@link ProcessingElement} does
 * for its part.
 *
 * <p>It remembers the tile that its cores are set up for, as a layer's instructions follow each
 * other: so it is for one thread at a time.
 */
public final class PeArray {
  private final ProcessingElement pe;
  private final PeMemoryBanks banks;
  private final long clockHz;
  private @Nullable MatrixTile tile;
  private MatrixTime tileTime = MatrixTime.NONE;

  /** The PEs of an accelerator. */
  public PeArray(Accelerator accelerator) {
    this.pe = ProcessingElement.of(accelerator);
    this.banks = new PeMemoryBanks(pe.ports());
    this.clockHz = accelerator.clockHz();
  }

  /** How long all of a job takes, in cycles. */
  public long cycles(Job.OfCores job) {
    return switch (job) {
      case Job.Multiply multiply -> cycles(multiply);
      case Job.Compute compute -> cycles(compute.share());
      case Job.Await await -> time(await.tile()).waitingCycles();
      case Job.Add add ->
          Math.max(
              pe.ports().readCycles(add.bytes()), pe.vectorUnit().elementCycles(add.elements()));
      case Job.Load load -> pe.ports().readCycles(load.bytes());
      case Job.Keep keep -> pe.coreMemory().moveCycles(keep.bytes());
      case Job.Yield yield -> cycles(yield);
      case Job.Delay delay -> Cycles.between(delay.fromNanos(), delay.toNanos(), clockHz);
      case Job.Given given -> given.cycles();
    };
  }

  private long cycles(Job.Multiply job) {
    return ProcessingElement.sideBySide(time(job.tile()).busyCycles(), reads(job), results(job));
  }

  private long cycles(VectorWork share) {
    return ProcessingElement.sideBySide(
        pe.vectorUnit().cycles(share),
        pe.ports().readCycles(share.readBytes()),
        pe.ports().writeCycles(share.writeBytes()));
  }

  private long cycles(Job.Yield job) {
    long reads =
        switch (job.work()) {
          case Job.Multiply multiply -> reads(multiply);
          case Job.Compute compute -> pe.ports().readCycles(compute.share().readBytes());
        };
    long results =
        switch (job.work()) {
          case Job.Multiply multiply -> results(multiply);
          case Job.Compute compute -> pe.ports().writeCycles(compute.share().writeBytes());
        };
    return banks
        .streams(reads, results, job.filledBytes(), job.drainedBytes())
        .waitingCycles(job.dealt(), cycles(job.work()));
  }

  /** Cycles of the activation port: the cores' operands, and what is to come of a second factor. */
  private long reads(Job.Multiply job) {
    Job.Beside beside = job.beside();
    long once = pe.ports().readCycles(beside.bytes());
    long first = Math.ceilDiv(once, beside.pieces());
    return time(job.tile()).activationCycles() + beside.times() * once - first;
  }

  /** Cycles of the result port: results, and sums that have to wait. */
  private long results(Job.Multiply job) {
    return pe.ports().writeCycles(job.resultBytes() + time(job.tile()).sumBytes());
  }

  private MatrixTime time(MatrixTile other) {
    if (!other.equals(tile)) {
      tileTime = pe.cores().time(other);
    }
    tile = other; // an equal one too: the next instruction has it, and is known at a glance
    return tileTime;
  }
}
