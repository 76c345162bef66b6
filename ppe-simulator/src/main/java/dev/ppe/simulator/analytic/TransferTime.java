package dev.ppe.simulator.analytic;

import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;

/**
 * How long transfers take: {@code latency + bytes / rate}, the same for links and DRAM. All that
 * the model knows of off-chip memory stands here.
 */
record TransferTime(Transfers transfers) {

  /** Cycles of one transfer. */
  long of(Resource route, long bytes) {
    return transfers.cycles(route, bytes);
  }

  /**
   * Cycles of the first {@code count} of {@code parts} into which {@code bytes} are cut: {@code
   * bytes mod parts} of them are a byte longer than the others, and these come first.
   */
  long ofFirst(Resource route, long bytes, int count, int parts) {
    if (bytes == 0) {
      return 0;
    }
    long shorter = bytes / parts;
    long longerOnes = Math.min(count, bytes % parts);
    long shorterOnes = count - longerOnes;
    return Math.addExact(
        longerOnes == 0 ? 0 : Math.multiplyExact(longerOnes, of(route, shorter + 1)),
        shorterOnes == 0 ? 0 : Math.multiplyExact(shorterOnes, of(route, shorter)));
  }
}
