package dev.ppe.simulator.analytic;

/** What goes to a DRAM and comes from it, in how many transfers. */
final class DramTraffic {
  private long transfers;
  private long readBytes;
  private long writtenBytes;

  /** So many bytes, in {@code count} transfers, come to the chip or go off it. */
  void add(long bytes, long count, boolean towardsDevice) {
    if (bytes == 0) {
      return;
    }
    transfers += count;
    if (towardsDevice) {
      readBytes += bytes;
    } else {
      writtenBytes += bytes;
    }
  }

  long transfers() {
    return transfers;
  }

  long readBytes() {
    return readBytes;
  }

  long writtenBytes() {
    return writtenBytes;
  }
}
