package dev.ppe.simulator.hardware;

/**
 * The activation memory of one PE.
 *
 * @param bytes capacity
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 * @param overflow where activations go that do not fit
 * @param banks single-ported parts, each of which serves one access at a time
 */
public record PeMemory(
    long bytes, int readBytesPerCycle, int writeBytesPerCycle, Overflow overflow, int banks) {
  /** As many as two halves of the operands and two of the results can be apart in. */
  public static final int BANKS = 4;

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
    Check.range("pe_memory.banks", banks, 1, 1024);
  }

  /** A memory with {@link #BANKS} banks. */
  public PeMemory(long bytes, int readBytesPerCycle, int writeBytesPerCycle, Overflow overflow) {
    this(bytes, readBytesPerCycle, writeBytesPerCycle, overflow, BANKS);
  }

  /** The same memory in so many banks. */
  public PeMemory withBanks(int others) {
    return new PeMemory(bytes, readBytesPerCycle, writeBytesPerCycle, overflow, others);
  }
}
