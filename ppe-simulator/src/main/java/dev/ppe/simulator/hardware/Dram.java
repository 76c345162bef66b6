package dev.ppe.simulator.hardware;

import java.util.Optional;

/**
 * Off-chip memory and the way to it. A transfer takes the latency, and then what is slower: the
 * port, or the DRAM with its rows and refreshes.
 *
 * @param bytesPerSecond what the accelerator's port to the memory takes
 * @param latencyNs from a transfer's start until the memory hears of it
 * @param part the DRAM; empty for a memory that is never slower than the port
 */
public record Dram(long bytesPerSecond, int latencyNs, Optional<DramPart> part) {
  public Dram {
    Check.range("dram.bytes_per_second", bytesPerSecond, 1_000_000, 10_000_000_000_000L);
    Check.range("dram.latency_ns", latencyNs, 0, 1_000_000_000);
  }
}
