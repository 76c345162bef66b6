package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.ParameterMemory;
import dev.ppe.simulator.hardware.Core;
import java.util.List;

/**
 * SIMD cores, output-stationary.
 *
 * <p>Work goes in steps. A step uses one line of weights (the lanes' output channels, each with the
 * inputs of one dot product) for one output position, and takes a cycle. A line serves as many
 * positions as a lane has accumulators, then the next one comes:
 *
 * <pre>
 * for each accumulatorful of positions
 *   for each kernel element, word of inputs, pass over the output channels
 *     take in a line of weights
 *     for each position: read an activation word for every group on the lanes, step
 * </pre>
 *
 * A regular convolution needs one word a step. Narrow groups stand side by side on the lanes, each
 * with a word of its own, and a depthwise layer needs a byte for every channel: then the port of
 * the PE memory sets the pace, not the lanes. That alone makes depthwise layers slow.
 *
 * @param core the cores of one PE
 * @param portBytes width of the activation port
 * @param parameters where lines come from
 */
record SimdTiming(Core.Simd core, long portBytes, ParameterMemory parameters) {
  /**
   * A pointwise layer's words follow each other, {@code wordsInFourCycles} in so many cycles, and
   * so do its lines of weights.
   */
  private static final long SEQUENCE_CYCLES = 4;

  SimdTiming(Core.Simd core, Accelerator accelerator) {
    this(core, accelerator.peMemory().readBytesPerCycle(), accelerator.parameterMemory());
  }

  MatrixTime time(MatrixTile tile) {
    long positions = positions(tile);
    long refills = Math.ceilDiv(positions, core.accumulators());
    long series = tile.repeats() * taps(tile);
    // A cycle in the units in which a step takes a whole number of them.
    long unit = tile.isContiguous() ? core.wordsInFourCycles() : SEQUENCE_CYCLES;
    long steps = 0;
    long activationUnits = 0;
    long busyUnits = 0;
    long parameterCycles = 0;
    long activationBytes = 0;
    long parameterBytes = 0;
    for (Pass pass : passes(tile)) {
      long wordBytes = pass.groups() * wordBytes(tile);
      long stepUnits = SEQUENCE_CYCLES * Math.ceilDiv(wordBytes, portBytes);
      long lineBytes =
          roundUp(pass.outputs(), StoredParameters.narrowOutputs(core)) * core.macsPerLane();
      long lineCycles = Math.ceilDiv(lineBytes, lineRate(tile));
      long lines = series * pass.count();
      steps += lines * positions;
      activationUnits += lines * positions * stepUnits;
      busyUnits += lines * hidden(positions, stepUnits, lineCycles * SEQUENCE_CYCLES);
      parameterCycles += lines * refills * lineCycles;
      activationBytes += lines * positions * wordBytes;
      parameterBytes += lines * refills * lineBytes;
    }
    long activationCycles = Math.ceilDiv(activationUnits, unit);
    long busy = parameters.overlap() ? Math.ceilDiv(busyUnits, unit) : activationCycles;
    return new MatrixTime(
        Math.ceilDiv(steps * SEQUENCE_CYCLES, unit),
        activationCycles,
        parameterCycles,
        Math.max(core.pipelineDepth(), busy),
        parameters.overlap() ? 0 : parameterCycles,
        activationBytes,
        parameterBytes);
  }

  /**
   * Passes over the lanes that are alike.
   *
   * @param count how many
   * @param groups groups on the lanes side by side
   * @param outputs output channels on the lanes
   */
  private record Pass(long count, long groups, long outputs) {}

  /** Wide groups one after the other in several passes each, narrow ones side by side. */
  private List<Pass> passes(MatrixTile tile) {
    long lanes = core.outputs();
    if (tile.outputs() > lanes) {
      long full = (tile.outputs() - 1) / lanes;
      return List.of(
          new Pass(tile.groups() * full, 1, lanes),
          new Pass(tile.groups(), 1, tile.outputs() - full * lanes));
    }
    long sideBySide = Math.min(lanes / tile.outputs(), tile.groups());
    Pass full = new Pass(tile.groups() / sideBySide, sideBySide, sideBySide * tile.outputs());
    long rest = tile.groups() % sideBySide;
    return rest == 0 ? List.of(full) : List.of(full, new Pass(1, rest, rest * tile.outputs()));
  }

  private long wordBytes(MatrixTile tile) {
    return Math.min(tile.inputs(), core.macsPerLane()) * tile.elementBytes();
  }

  /** One line over all positions: each accumulatorful takes its steps or the next line's way in. */
  private long hidden(long positions, long stepUnits, long lineUnits) {
    long full = positions / core.accumulators();
    long rest = positions % core.accumulators();
    return full * Math.max(core.accumulators() * stepUnits, lineUnits)
        + (rest == 0 ? 0 : Math.max(rest * stepUnits, lineUnits));
  }

  /** Steps of one group's dot product for one position and one pass. */
  private long taps(MatrixTile tile) {
    return slides(tile) && !visitsAll(tile)
        ? tile.kernelRows() * Math.ceilDiv(tile.kernelColumns(), core.macsPerLane())
        : tile.kernelArea() * Math.ceilDiv(tile.inputs(), core.macsPerLane());
  }

  /** Positions visited: a sliding window cannot skip what its stride leaves out. */
  private long positions(MatrixTile tile) {
    return slides(tile) && visitsAll(tile)
        ? visited(tile.rows(), tile.stride()) * visited(tile.columns(), tile.stride())
        : tile.positions();
  }

  private boolean slides(MatrixTile tile) {
    return core.slidingWindow() && tile.isDepthwise();
  }

  private static boolean visitsAll(MatrixTile tile) {
    return tile.stride() > 1 || tile.dilated();
  }

  private static long visited(long outputs, int stride) {
    return (outputs - 1) * stride + 1;
  }

  private long lineRate(MatrixTile tile) {
    return tile.sharedParameters()
        ? parameters.broadcastBytesPerCycle()
        : parameters.bytesPerCycle();
  }

  private static long roundUp(long value, long multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
