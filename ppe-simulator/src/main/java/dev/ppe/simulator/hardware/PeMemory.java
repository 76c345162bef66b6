package dev.ppe.simulator.hardware;

/**
 * The activation memory of one PE.
 *
 * @param bytes capacity
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 * @param overflow where activations go that do not fit
 * @param banks single-ported parts, each of which serves one access at a time
 * @param imagesStay whether an image that the host sends, a map of no more channels than a dot
 *     product takes, stays for a layer longer than it is read
 */
public record PeMemory(
    long bytes,
    int readBytesPerCycle,
    int writeBytesPerCycle,
    Overflow overflow,
    int banks,
    boolean imagesStay) {
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

  /** A memory with {@link #BANKS} banks, where images are freed as other maps. */
  public PeMemory(long bytes, int readBytesPerCycle, int writeBytesPerCycle, Overflow overflow) {
    this(bytes, readBytesPerCycle, writeBytesPerCycle, overflow, BANKS, false);
  }

  /** The same memory of another size. */
  public PeMemory withBytes(long others) {
    return new PeMemory(others, readBytesPerCycle, writeBytesPerCycle, overflow, banks, imagesStay);
  }

  /** The same memory with ports of other widths. */
  public PeMemory withPorts(int readWidth, int writeWidth) {
    return new PeMemory(bytes, readWidth, writeWidth, overflow, banks, imagesStay);
  }

  /** The same memory whose activations go elsewhere. */
  public PeMemory withOverflow(Overflow other) {
    return new PeMemory(bytes, readBytesPerCycle, writeBytesPerCycle, other, banks, imagesStay);
  }

  /** The same memory in which images stay, or do not. */
  public PeMemory withImagesStay(boolean stay) {
    return new PeMemory(bytes, readBytesPerCycle, writeBytesPerCycle, overflow, banks, stay);
  }

  /** The same memory in so many banks. */
  public PeMemory withBanks(int others) {
    return new PeMemory(bytes, readBytesPerCycle, writeBytesPerCycle, overflow, others, imagesStay);
  }
}
