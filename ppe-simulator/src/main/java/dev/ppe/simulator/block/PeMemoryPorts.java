package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.PeMemory;

/**
 * The two ports of one PE's memory. They work side by side, and each moves so many bytes a cycle;
 * an access ends with a whole cycle.
 *
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 */
public record PeMemoryPorts(int readBytesPerCycle, int writeBytesPerCycle) {

  /** Those of a memory. */
  public static PeMemoryPorts of(PeMemory memory) {
    return new PeMemoryPorts(memory.readBytesPerCycle(), memory.writeBytesPerCycle());
  }

  /** How long it takes to read. */
  public long readCycles(long bytes) {
    return Math.ceilDiv(bytes, (long) readBytesPerCycle);
  }

  /** How long it takes to write. */
  public long writeCycles(long bytes) {
    return Math.ceilDiv(bytes, (long) writeBytesPerCycle);
  }
}
