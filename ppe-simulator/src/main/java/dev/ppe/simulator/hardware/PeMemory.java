package dev.ppe.simulator.hardware;

/**
 * The activation memory of one PE.
 *
 * @param bytes capacity
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 * @param overflow what happens to activations that do not fit
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

  /**
   * What happens to activations that do not fit into the PE memories. It decides where they lie,
   * and in which order blocks of them are worked on.
   */
  public enum Overflow {
    /**
     * They stay on the chip as far as they can, as the vendor's compiler for Coral does it:
     *
     * <ol>
     *   <li>Layers take turns, block by block (a cascade), as long as their windows together reach
     *       over less than half of the map. What they pass on to each other is never whole: it
     *       takes no room but a block's, and no time. No {@code weights_stay} there.
     *   <li>An image that comes so is sent in blocks over the host link, with the rows twice that
     *       two blocks side by side both need.
     *   <li>What has to lie somewhere whole (a cascade's end, what is read again after a layer that
     *       sees the whole map, inputs larger than all PE memories) goes into the parameter memory.
     *       It takes its room before parameters do, so that fewer of these stay, and layers wait
     *       for it at the width of the parameter memory.
     *   <li>If all of that does not fit there, all of it goes off the chip.
     * </ol>
     */
    PARAMETER_MEMORY,
    /**
     * Each goes off the chip whole, to the DRAM or over the link to the host, and comes back in
     * blocks for each layer that reads it. Layers run one after the other.
     */
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
