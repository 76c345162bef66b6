package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.job.MatrixTile;

/**
 * The memory that feeds weights to the cores of one PE, line by line: from the PE's part of the
 * parameter memory, or in a broadcast where other PEs use the same weights at the same time.
 *
 * @param bytesPerCycle width for parameters of its own
 * @param broadcastBytesPerCycle width for those that PEs share
 * @param overlap whether there are two registers for lines, so that the next one arrives while the
 *     last one is used; with one the cores wait for each
 */
public record CoreMemory(int bytesPerCycle, int broadcastBytesPerCycle, boolean overlap) {

  /** Of the PEs between which a parameter memory is shared out. */
  public static CoreMemory of(ParameterMemory memory) {
    return new CoreMemory(
        memory.bytesPerCycle(), memory.broadcastBytesPerCycle(), memory.overlap());
  }

  /** Bytes of a tile's lines that come in a cycle. */
  long lineBytesPerCycle(MatrixTile tile) {
    return tile.sharedParameters() ? broadcastBytesPerCycle : bytesPerCycle;
  }

  /** How long a line of a tile's weights takes. */
  long lineCycles(MatrixTile tile, long bytes) {
    return Math.ceilDiv(bytes, lineBytesPerCycle(tile));
  }

  /**
   * How long other bytes take between PE memory and the PE's part of the parameter memory: the way
   * of parameters of its own.
   */
  public long moveCycles(long bytes) {
    return Math.ceilDiv(bytes, (long) bytesPerCycle);
  }
}
