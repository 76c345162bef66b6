package dev.ppe.simulator.analytic;

import dev.ppe.simulator.block.DramPort;
import dev.ppe.simulator.block.HostLink;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/**
 * How long a transfer takes: {@code latency + bytes / rate} on links and at the port to a DRAM, or
 * what that DRAM needs ({@link DramFormula}) where it is more.
 */
final class TransferTime {
  private final Optional<HostLink> link;
  private final Optional<DramPort> port;
  private final Optional<DramFormula> dram;

  TransferTime(Transfers transfers) {
    Accelerator accelerator = transfers.accelerator();
    this.link = HostLink.of(accelerator);
    this.port = DramPort.of(accelerator);
    this.dram = DramFormula.of(accelerator);
  }

  /** Cycles of one transfer, towards the chip or off it. */
  long of(Resource route, long bytes, boolean towardsDevice) {
    if (route != Resource.DRAM) {
      return link.orElseThrow().cycles(towardsDevice, bytes);
    }
    long cycles = port.orElseThrow().cycles(bytes);
    return dram.isPresent() ? Math.max(cycles, dram.get().cycles(bytes, !towardsDevice)) : cycles;
  }

  /**
   * Cycles of the first {@code count} of {@code parts} into which {@code bytes} are cut: {@code
   * bytes mod parts} of them are a byte longer than the others, and these come first.
   */
  long ofFirst(Resource route, long bytes, int count, int parts, boolean towardsDevice) {
    if (bytes == 0) {
      return 0;
    }
    long shorter = bytes / parts;
    long longerOnes = Math.min(count, bytes % parts);
    long shorterOnes = count - longerOnes;
    return Math.addExact(
        times(longerOnes, route, shorter + 1, towardsDevice),
        times(shorterOnes, route, shorter, towardsDevice));
  }

  private long times(long count, Resource route, long bytes, boolean towardsDevice) {
    return count == 0 ? 0 : Math.multiplyExact(count, of(route, bytes, towardsDevice));
  }
}
