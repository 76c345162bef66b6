package dev.ppe.simulator.reference;

/** A port that brings so many bytes a cycle, one load of operands after the other. */
final class Port {
  private final long bytesPerCycle;
  private long missing;
  private long moved;

  Port(long bytesPerCycle) {
    this.bytesPerCycle = bytesPerCycle;
  }

  /** Asks for the next load. */
  void begin(long bytes) {
    if (missing > 0) {
      throw new IllegalStateException("the load before is still on its way");
    }
    missing = bytes;
  }

  /** One cycle. */
  void tick() {
    long now = Math.min(missing, bytesPerCycle);
    missing -= now;
    moved += now;
  }

  boolean idle() {
    return missing == 0;
  }

  /** Bytes brought so far. */
  long moved() {
    return moved;
  }
}
