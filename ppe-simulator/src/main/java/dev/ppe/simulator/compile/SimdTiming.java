package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Core;
import java.util.List;

/**
 * SIMD cores, output-stationary.
 *
 * <p>Work goes in steps. A step uses one line of weights (the lanes' output channels, each with the
 * inputs of one dot product) for one output position, and takes as many cycles as a
 * multiply-accumulate in these numbers, one for 8-bit integers, or as many as the port needs for
 * its activation words. A line serves as many positions as a lane has accumulators, then the next
 * one comes:
 *
 * <pre>
 * for each pass over the lanes: so many output channels, or narrow groups side by side
 *   for each accumulatorful of positions
 *     for each kernel element, word of inputs
 *       take in a line of weights
 *       for each position: read an activation word for every group on the lanes, step
 * </pre>
 *
 * <p><b>Words.</b> A regular convolution needs one word a step. Narrow groups stand side by side on
 * the lanes, each with a word of its own, and a depthwise layer needs an activation for every
 * channel: then the port of the PE memory sets the pace, not the lanes. That alone makes depthwise
 * layers slow. Words of a layer are all of one size: the last of a group's inputs is padded.
 *
 * <p><b>Lines.</b> With one line register the cores wait for every line. With two ({@code overlap})
 * the next line comes in while they step; a turn lasts until both are done. A layer's first line
 * came in under the layer before; in its own last turn it makes room for a line like its first.
 *
 * <p><b>Sequence.</b> Where words follow each other in memory, in pointwise layers, words, steps
 * and lines take ticks of which {@code wordsInFourCycles} make four cycles, in whole cycles in the
 * end.
 *
 * <p><b>Sliding windows.</b> A lane keeps its channel's window in registers, and a kernel row, in
 * words of a dot product, is one step. Positions come one after the other, rows to and fro, so that
 * lines are taken in anew for each. A step along a row needs one new activation for each word of
 * the window, one to the next row a kernel row of them, and the first position all. The port brings
 * one with every step, wanted or not; what is wanted beyond comes before the position's steps. A
 * window cannot skip, so strided or dilated ones take the plain nest over all positions from the
 * first to the last.
 *
 * <p><b>Pipeline.</b> The next layer begins with the first results, {@code pipelineDepth} cycles
 * after the first operand: no layer takes less.
 *
 * @param core the cores of one PE
 * @param portBytes width of the activation port
 * @param lines where lines of weights come from
 */
record SimdTiming(Core.Simd core, long portBytes, WeightLines lines) {
  private static final long SEQUENCE_CYCLES = 4;

  MatrixTime time(MatrixTile tile) {
    Nest nest = nest(tile);
    List<Pass> passes = passes(tile);
    long steps = 0;
    long activationTicks = 0;
    long workTicks = 0;
    long lineTicks = 0;
    long turnTicks = 0;
    long activationBytes = 0;
    long parameterBytes = 0;
    for (int i = 0; i < passes.size(); i++) {
      Pass pass = passes.get(i);
      Pass next = passes.get((i + 1) % passes.size());
      long words = nest.steps() + nest.earlyWords();
      steps += pass.count() * nest.steps();
      activationTicks += pass.count() * words * pass.wordTicks();
      workTicks += pass.count() * nest.work(pass);
      lineTicks += pass.count() * nest.lines() * pass.lineTicks();
      turnTicks +=
          pass.count() * (nest.turns(pass) + nest.earlyWords() * pass.wordTicks())
              - nest.lastTurn(pass, pass)
              + nest.lastTurn(pass, next);
      activationBytes += pass.count() * words * pass.wordBytes();
      parameterBytes += pass.count() * nest.lines() * pass.lineBytes();
    }
    long times = times(tile);
    long work = cycles(tile, times * workTicks);
    long alone = cycles(tile, times * (workTicks + lineTicks));
    long waiting = lines.overlap() ? 0 : alone - work;
    long busy = lines.overlap() ? cycles(tile, times * turnTicks) : work;
    return new MatrixTime(
        cycles(tile, times * steps * tile.macCycles()),
        cycles(tile, times * activationTicks),
        cycles(tile, times * lineTicks),
        Math.max(core.pipelineDepth() - waiting, busy),
        waiting,
        times * activationBytes,
        times * parameterBytes);
  }

  private long cycles(MatrixTile tile, long ticks) {
    return tile.isContiguous()
        ? Math.ceilDiv(ticks * SEQUENCE_CYCLES, core.wordsInFourCycles())
        : ticks;
  }

  /**
   * Passes over the lanes that are alike and follow each other.
   *
   * @param count how many
   * @param wordBytes activations of a step
   * @param wordTicks how long the port takes for them
   * @param stepTicks how long the lanes and the port take side by side
   * @param lineBytes weights of a line
   * @param lineTicks how long it takes to come in
   */
  private record Pass(
      long count, long wordBytes, long wordTicks, long stepTicks, long lineBytes, long lineTicks) {}

  /** How often the series of passes is run through. */
  private long times(MatrixTile tile) {
    return tile.repeats() * (isWide(tile) ? tile.groups() : 1);
  }

  /** A wide group takes several passes, narrow ones stand side by side. */
  private List<Pass> passes(MatrixTile tile) {
    long lanes = core.outputs();
    if (isWide(tile)) {
      long full = (tile.outputs() - 1) / lanes;
      return List.of(pass(tile, full, 1, lanes), pass(tile, 1, 1, tile.outputs() - full * lanes));
    }
    long sideBySide = Math.min(lanes / tile.outputs(), tile.groups());
    Pass full = pass(tile, tile.groups() / sideBySide, sideBySide, sideBySide * tile.outputs());
    long rest = tile.groups() % sideBySide;
    return rest == 0 ? List.of(full) : List.of(full, pass(tile, 1, rest, rest * tile.outputs()));
  }

  private boolean isWide(MatrixTile tile) {
    return tile.outputs() > core.outputs();
  }

  private Pass pass(MatrixTile tile, long count, long groups, long outputs) {
    long wordBytes = groups * Math.min(tile.inputs(), core.macsPerLane()) * tile.elementBytes();
    long lineBytes =
        Math.ceilDiv(outputs, StoredParameters.narrowOutputs(core))
            * StoredParameters.narrowOutputs(core)
            * core.macsPerLane()
            * tile.weightBytes();
    long lineRate =
        tile.sharedParameters() ? lines.broadcastBytesPerCycle() : lines.bytesPerCycle();
    long wordTicks = Math.ceilDiv(wordBytes, portBytes);
    return new Pass(
        count,
        wordBytes,
        wordTicks,
        Math.max(wordTicks, tile.macCycles()),
        lineBytes,
        Math.ceilDiv(lineBytes, lineRate));
  }

  /**
   * The loops inside a pass.
   *
   * @param positions output positions
   * @param accumulators of which so many share a line
   * @param taps lines for each accumulatorful
   * @param earlyWords activation words that come before steps, not with them
   */
  private record Nest(long positions, long accumulators, long taps, long earlyWords) {
    long steps() {
      return positions * taps;
    }

    /** All steps, and the words before them, without waiting for lines. */
    long work(Pass pass) {
      return steps() * pass.stepTicks() + earlyWords * pass.wordTicks();
    }

    long lines() {
      return taps * Math.ceilDiv(positions, accumulators);
    }

    /** All turns with lines like their own. */
    long turns(Pass pass) {
      long rest = positions % accumulators;
      return taps
          * (positions / accumulators * turn(accumulators, pass, pass)
              + (rest == 0 ? 0 : turn(rest, pass, pass)));
    }

    /** The last turn of a pass, in which the first line of the next comes in. */
    long lastTurn(Pass pass, Pass next) {
      long rest = positions % accumulators;
      return turn(rest == 0 ? accumulators : rest, pass, next);
    }

    private static long turn(long positions, Pass pass, Pass next) {
      return Math.max(positions * pass.stepTicks(), next.lineTicks());
    }
  }

  private Nest nest(MatrixTile tile) {
    boolean slides = core.slidingWindow() && tile.isDepthwise();
    boolean skips = tile.stride() > 1 || tile.dilated();
    if (slides && !skips) {
      long taps = tile.kernelRows() * Math.ceilDiv(tile.kernelColumns(), core.macsPerLane());
      long first = tile.kernelArea() - taps;
      long nextRow = Math.max(0, tile.kernelColumns() - taps);
      return new Nest(tile.positions(), 1, taps, first + (tile.rows() - 1) * nextRow);
    }
    long positions =
        slides
            ? visited(tile.rows(), tile.stride()) * visited(tile.columns(), tile.stride())
            : tile.positions();
    long taps = tile.kernelArea() * Math.ceilDiv(tile.inputs(), core.macsPerLane());
    return new Nest(positions, core.accumulators(), taps, 0);
  }

  private static long visited(long outputs, int stride) {
    return (outputs - 1) * stride + 1;
  }
}
