package dev.ppe.simulator.simulate;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.dram.Dram;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.DramPart;
import java.util.Optional;

/**
 * The way to the DRAM, and the DRAM. After the latency the memory hears of a transfer, and from
 * then on its bursts and the accelerator's port move side by side; the transfer has ended when both
 * have moved all bytes.
 */
final class DramInterface {
  /** What the DRAM takes at once; more goes in several accesses that follow each other. */
  private static final long ACCESS_BYTES = 1L << 34;

  private final DramPort port;
  private final Optional<Dram> dram;
  private long readBytes;
  private long writtenBytes;

  /** The DRAM of an accelerator, behind its port. */
  DramInterface(DramPort port, Accelerator accelerator) {
    this.port = port;
    this.dram =
        accelerator
            .dram()
            .flatMap(description -> description.part())
            .map(DramPart::timing)
            .map(timing -> new Dram(timing, accelerator.clockHz()));
  }

  /** Moves what a transfer says; see {@link Blocks#finish}. */
  long finish(Work.DramTransfer work, long start) {
    long end = Math.addExact(start, port.cycles(work.bytes()));
    if (work.write()) {
      writtenBytes += work.bytes();
    } else {
      readBytes += work.bytes();
    }
    if (dram.isPresent()) {
      for (AddressRange range : work.ranges()) {
        end = Math.max(end, access(dram.get(), range, work.write(), start + port.latency()));
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
