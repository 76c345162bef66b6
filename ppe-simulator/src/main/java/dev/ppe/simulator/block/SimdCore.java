package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.OnCores;
import java.util.List;

/**
 * The SIMD cores of one PE, output-stationary.
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
 * layers slow ({@link SimdPasses}).
 *
 * <p><b>Lines.</b> With one line register the cores wait for every line. With two ({@code overlap})
 * the next line comes in while they step; a turn lasts until both are done. A layer's first line
 * came in under the layer before; in its own last turn it makes room for a line like its first.
 *
 * <p><b>Cores.</b> Where several cores of a PE take parts of the tile's rows ({@link OnCores}), the
 * lanes of one part step through its positions and those of the others through theirs, with the
 * same lines: the port brings a word for each part. Parts that have no row left get one all the
 * same.
 *
 * <p><b>Order.</b> With weights outside ({@link LoopOrder}) a line serves all positions. Sums then
 * go to PE memory with every step but those of the last line, and come back with every step but
 * those of the first, four bytes for each lane in use, over the ports of results and activations.
 * Where one line is all there is, none do.
 *
 * <p><b>Sequence.</b> Where words follow each other in memory, in pointwise layers, words, steps
 * and lines take ticks of which {@code wordsInFourCycles} make four cycles, in whole cycles in the
 * end.
 *
 * <p><b>Sliding windows.</b> A lane that keeps its channel's window has loops of its own ({@link
 * SimdNest}).
 *
 * <p><b>Pipeline.</b> The next layer begins with the first results, {@code pipelineDepth} cycles
 * after the first operand: no layer takes less.
 *
 * @param core the cores of one PE
 * @param ports of the PE memory
 * @param memory where lines of weights come from
 */
public record SimdCore(Core.Simd core, PeMemoryPorts ports, CoreMemory memory) implements Cores {
  private static final long SEQUENCE_CYCLES = 4;

  /** Whether cores can do a tile in the order that it says. */
  public boolean can(MatrixTile tile) {
    return switch (tile.onCores().order()) {
      case ACTIVATIONS_OUTER -> true;
      case WEIGHTS_OUTER ->
          tile.inputs() > 0
              && !(core.slidingWindow() && tile.isDepthwise())
              && !(tile.isContiguous() && core.wordsInFourCycles() > SEQUENCE_CYCLES);
    };
  }

  /**
   * A bound that takes next to no time to find: a tile's steps, each with the word of one group, or
   * all sums that come back. {@link #time} is never less.
   */
  public long leastCycles(MatrixTile tile) {
    if (core.slidingWindow() && tile.isDepthwise()) {
      return 0;
    }
    long parts = tile.onCores().rows();
    long lanes = SimdPasses.lanes(core, tile);
    long passes =
        SimdPasses.isWide(core, tile)
            ? tile.groups() * Math.ceilDiv(tile.outputs(), lanes)
            : Math.ceilDiv(tile.groups(), lanes / tile.outputs());
    long positions = tile.repeats() * Math.ceilDiv(tile.rows(), parts) * tile.columns();
    long taps = tile.kernelArea() * Math.ceilDiv(tile.inputs(), core.macsPerLane());
    long word = parts * Math.min(tile.inputs(), core.macsPerLane()) * tile.elementBytes();
    long step = Math.max(tile.macCycles(), ports.readCycles(word));
    long back =
        tile.onCores().order() == LoopOrder.WEIGHTS_OUTER
            ? positions * (taps - 1) * parts * tile.groups() * tile.outputs() * SimdPasses.SUM_BYTES
            : 0;
    long ticks = Math.max(passes * positions * taps * step, back / ports.readBytesPerCycle());
    return ticks * SEQUENCE_CYCLES / core.wordsInFourCycles();
  }

  @Override
  public MatrixTime time(MatrixTile tile) {
    SimdNest nest = SimdNest.of(core, tile);
    SimdPasses series = new SimdPasses(core, ports, memory);
    List<SimdPass> passes = series.of(tile);
    long steps = 0;
    long activationTicks = 0;
    long workTicks = 0;
    long lineTicks = 0;
    long turnTicks = 0;
    long activationBytes = 0;
    long parameterBytes = 0;
    long sumBytes = 0;
    for (int i = 0; i < passes.size(); i++) {
      SimdPass pass = passes.get(i);
      SimdPass next = passes.get((i + 1) % passes.size());
      steps += pass.count() * nest.steps();
      activationTicks += pass.count() * nest.readTicks(pass);
      workTicks += pass.count() * nest.workTicks(pass);
      lineTicks += pass.count() * nest.lines() * pass.lineTicks();
      turnTicks +=
          pass.count() * nest.turnTicks(pass)
              - nest.lastTurnTicks(pass, pass)
              + nest.lastTurnTicks(pass, next);
      activationBytes += pass.count() * nest.words() * pass.wordBytes();
      parameterBytes += pass.count() * nest.lines() * pass.lineBytes();
      sumBytes += pass.count() * nest.sums() * pass.sumBytes();
    }
    long times = series.times(tile);
    long work = cycles(tile, times * workTicks);
    long alone = cycles(tile, times * (workTicks + lineTicks));
    long waiting = memory.overlap() ? 0 : alone - work;
    long busy = memory.overlap() ? cycles(tile, times * turnTicks) : work;
    return new MatrixTime(
        cycles(tile, times * steps * tile.macCycles()),
        cycles(tile, times * activationTicks),
        cycles(tile, times * lineTicks),
        Math.max(core.pipelineDepth() - waiting, busy),
        waiting,
        times * activationBytes,
        times * parameterBytes,
        times * sumBytes);
  }

  private long cycles(MatrixTile tile, long ticks) {
    return tile.isContiguous()
        ? Math.ceilDiv(ticks * SEQUENCE_CYCLES, core.wordsInFourCycles())
        : ticks;
  }
}
