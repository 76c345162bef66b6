package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.MatrixTile;
import java.util.List;

/**
 * How a tile's groups and output channels lie on the lanes of SIMD cores, pass after pass: a wide
 * group takes several passes, narrow ones stand side by side, each with an activation word of its
 * own. Words of a layer are all of one size: the last of a group's inputs is padded.
 *
 * @param core the cores of one PE
 * @param ports of the PE memory
 * @param memory where lines of weights come from
 */
record SimdPasses(Core.Simd core, PeMemoryPorts ports, CoreMemory memory) {
  /** Bytes of a sum that goes to PE memory and comes back. */
  static final long SUM_BYTES = 4;

  /** Lanes with the same positions. */
  static long lanes(Core.Simd core, MatrixTile tile) {
    return core.outputs() / tile.onCores().rows();
  }

  /** Whether a group has more outputs than there are lanes. */
  static boolean isWide(Core.Simd core, MatrixTile tile) {
    return tile.outputs() > lanes(core, tile);
  }

  /** The passes of one series. */
  List<SimdPass> of(MatrixTile tile) {
    long lanes = lanes(core, tile);
    if (isWide(core, tile)) {
      long full = (tile.outputs() - 1) / lanes;
      return List.of(pass(tile, full, 1, lanes), pass(tile, 1, 1, tile.outputs() - full * lanes));
    }
    long sideBySide = Math.min(lanes / tile.outputs(), tile.groups());
    SimdPass full = pass(tile, tile.groups() / sideBySide, sideBySide, sideBySide * tile.outputs());
    long rest = tile.groups() % sideBySide;
    return rest == 0 ? List.of(full) : List.of(full, pass(tile, 1, rest, rest * tile.outputs()));
  }

  /** How often the series is run through. */
  long times(MatrixTile tile) {
    return tile.repeats() * (isWide(core, tile) ? tile.groups() : 1);
  }

  private SimdPass pass(MatrixTile tile, long count, long groups, long outputs) {
    long parts = tile.onCores().rows();
    long wordBytes = groups * Math.min(tile.inputs(), core.macsPerLane()) * tile.elementBytes();
    long lineBytes =
        Math.ceilDiv(outputs, core.narrowOutputs())
            * core.narrowOutputs()
            * core.macsPerLane()
            * tile.weightBytes();
    return new SimdPass(
        count,
        parts * wordBytes,
        parts * outputs * SUM_BYTES,
        tile.macCycles(),
        lineBytes,
        memory.lineCycles(tile, lineBytes),
        ports.readBytesPerCycle(),
        ports.writeBytesPerCycle());
  }
}
