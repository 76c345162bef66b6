package dev.ppe.simulator.hardware;

/**
 * The activation memory of one PE.
 *
 * @param bytes capacity
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 * @param overflow where activations go that do not fit
 */
public record PeMemory(
    long bytes, int readBytesPerCycle, int writeBytesPerCycle, Overflow overflow) {
  /** Where activations go that do not fit into the PE memories. */
  public enum Overflow {
    /** Into the parameter memory, which then caches fewer parameters. */
    PARAMETER_MEMORY,
    /** Off the chip: to the DRAM, or over the link to the host. */
    OFF_CHIP
  }

  public PeMemory {
    Check.range("pe_memory.bytes", bytes, 1 << 10, 1L << 32);
    Check.range("pe_memory.read_bytes_per_cycle", readBytesPerCycle, 1, 65_536);
    Check.range("pe_memory.write_bytes_per_cycle", writeBytesPerCycle, 1, 65_536);
  }
}
