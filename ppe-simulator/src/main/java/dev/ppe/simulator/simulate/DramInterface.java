package dev.ppe.simulator.simulate;

import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.Dram;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.DramPart;
import java.util.Optional;

/**
 * The way to the DRAM, and the DRAM. After the latency the memory hears of a transfer, and from
 * then on its bursts and the accelerator's port move side by side; the transfer has ended when both
 * have moved all bytes.
 */
final class DramInterface implements Block<Work.DramTransfer> {
  /** What the DRAM takes at once; more goes in several accesses that follow each other. */
  private static final long ACCESS_BYTES = 1L << 34;

  private final Transfers transfers;
  private final long latency;
  private final Optional<Dram> dram;
  private long readBytes;
  private long writtenBytes;

  /** The interface of an accelerator that has a DRAM. */
  DramInterface(Accelerator accelerator) {
    var description = accelerator.dram().orElseThrow();
    long clockHz = accelerator.clockHz();
    this.transfers = new Transfers(accelerator);
    this.latency = Cycles.ofNanos(description.latencyNs(), clockHz);
    this.dram = description.part().map(DramPart::timing).map(timing -> new Dram(timing, clockHz));
  }

  @Override
  public long finish(Work.DramTransfer work, long start) {
    long end = Math.addExact(start, transfers.cycles(work));
    if (work.write()) {
      writtenBytes += work.bytes();
    } else {
      readBytes += work.bytes();
    }
    if (dram.isPresent()) {
      for (AddressRange range : work.ranges()) {
        end = Math.max(end, access(dram.get(), range, work.write(), start + latency));
      }
    }
    return end;
  }

  private static long access(Dram dram, AddressRange range, boolean write, long arrival) {
    long end = arrival;
    for (long moved = 0; moved < range.bytes(); moved += ACCESS_BYTES) {
      long bytes = Math.min(ACCESS_BYTES, range.bytes() - moved);
      end = Math.max(end, dram.access(arrival, range.address() + moved, bytes, write));
    }
    return end;
  }

  /** What the memory has done by {@code cycle}, when nothing is under way any more. */
  DramActivity activity(long cycle) {
    return dram.map(memory -> memory.activity(cycle))
        .orElseGet(() -> DramActivity.moved(readBytes, writtenBytes));
  }
}
