package dev.ppe.simulator.compile;

/**
 * Bytes that follow each other in the memory outside.
 *
 * @param address of the first byte
 * @param bytes how many; may be 0
 */
public record AddressRange(long address, long bytes) {
  /** Nothing, at address 0. */
  static final AddressRange NONE = new AddressRange(0, 0);

  public AddressRange {
    if (address < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "%d bytes from address %d are no range".formatted(bytes, address));
    }
  }

  /** The first address after it. */
  public long end() {
    return address + bytes;
  }

  /** Part {@code index} of it, cut into {@code parts} that follow each other and hardly differ. */
  AddressRange part(int index, int parts) {
    long before = bytes / parts * index + Math.min(index, bytes % parts);
    return new AddressRange(address + before, ProgramBuilder.part(bytes, index, parts));
  }
}
