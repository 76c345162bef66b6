package dev.ppe.simulator.reference;

/** A port that brings so many bytes a cycle, one load of operands after the other. */
final class Port {
  private final long bytesPerCycle;
  private final int cyclesOfATick;
  private long missing;
  private long moved;

  Port(long bytesPerCycle) {
    this(bytesPerCycle, 1);
  }

  /** A port of an array whose clock edges are some cycles apart. */
  Port(long bytesPerCycle, int cyclesOfATick) {
    this.bytesPerCycle = bytesPerCycle;
    this.cyclesOfATick = cyclesOfATick;
  }

  /** Asks for the next load. */
  void begin(long bytes) {
    if (missing > 0) {
      throw new IllegalStateException("the load before is still on its way");
    }
    missing = bytes;
  }

  /** One cycle, or those from one clock edge to the next. */
  void tick() {
    for (int cycle = 0; cycle < cyclesOfATick; cycle++) {
      long now = Math.min(missing, bytesPerCycle);
      missing -= now;
      moved += now;
    }
  }

  boolean idle() {
    return missing == 0;
  }

  /** Bytes brought so far. */
  long moved() {
    return moved;
  }
}
