package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.MatrixTile;
import java.util.function.LongUnaryOperator;

/**
 * The loops of SIMD cores inside a pass, by {@link LoopOrder}.
 *
 * <p><b>Sliding windows.</b> A lane keeps its channel's window in registers, and a kernel row, in
 * words of a dot product, is one step. Positions come one after the other, rows to and fro, so that
 * lines are taken in anew for each. A step along a row needs one new activation for each word of
 * the window, one to the next row a kernel row of them, and the first position all. The port brings
 * one with every step, wanted or not; what is wanted beyond comes before the position's steps. A
 * window cannot skip, so strided or dilated ones take the plain nest over all positions from the
 * first to the last.
 */
sealed interface SimdNest {
  /** The loops of a tile. */
  static SimdNest of(Core.Simd core, MatrixTile tile) {
    boolean slides = core.slidingWindow() && tile.isDepthwise();
    boolean skips = tile.stride() > 1 || tile.dilated();
    long rows = Math.ceilDiv(tile.rows(), tile.onCores().rows());
    if (slides && !skips) {
      long taps = tile.kernelRows() * Math.ceilDiv(tile.kernelColumns(), core.macsPerLane());
      long first = tile.kernelArea() - taps;
      long nextRow = Math.max(0, tile.kernelColumns() - taps);
      return new ActivationsOuter(rows * tile.columns(), 1, taps, first + (rows - 1) * nextRow);
    }
    long positions =
        slides
            ? visited(rows, tile.stride()) * visited(tile.columns(), tile.stride())
            : rows * tile.columns();
    long taps = tile.kernelArea() * Math.ceilDiv(tile.inputs(), core.macsPerLane());
    return switch (tile.onCores().order()) {
      case ACTIVATIONS_OUTER -> new ActivationsOuter(positions, core.accumulators(), taps, 0);
      case WEIGHTS_OUTER -> new WeightsOuter(positions, taps);
    };
  }

  private static long visited(long outputs, int stride) {
    return (outputs - 1) * stride + 1;
  }

  /** Dot products of a lane. */
  long steps();

  /** Activation words: one with every step, and what must come before. */
  long words();

  /** Lines taken in. */
  long lines();

  /** Steps whose sums come back from PE memory; as many give theirs away. */
  long sums();

  /** How long the port brings activations and sums. */
  long readTicks(SimdPass pass);

  /** All steps, and the words before them, without waiting for lines. */
  long workTicks(SimdPass pass);

  /** All turns with lines like their own. */
  long turnTicks(SimdPass pass);

  /** The last turn of a pass, in which the first line of the next comes in. */
  long lastTurnTicks(SimdPass pass, SimdPass next);

  private static long turn(long positions, long stepTicks, long lineTicks) {
    return Math.max(positions * stepTicks, lineTicks);
  }

  /**
   * Accumulatorfuls of positions, and for each of them every line.
   *
   * @param positions output positions
   * @param accumulators of which so many share a line
   * @param taps lines for each accumulatorful
   * @param earlyWords activation words that come before steps, not with them
   */
  record ActivationsOuter(long positions, long accumulators, long taps, long earlyWords)
      implements SimdNest {
    @Override
    public long steps() {
      return positions * taps;
    }

    @Override
    public long words() {
      return steps() + earlyWords;
    }

    @Override
    public long lines() {
      return taps * Math.ceilDiv(positions, accumulators);
    }

    @Override
    public long sums() {
      return 0;
    }

    @Override
    public long readTicks(SimdPass pass) {
      return words() * pass.wordTicks();
    }

    @Override
    public long workTicks(SimdPass pass) {
      return steps() * pass.stepTicks(false, false) + earlyWords * pass.wordTicks();
    }

    @Override
    public long turnTicks(SimdPass pass) {
      long rest = positions % accumulators;
      return taps
              * (positions / accumulators * turnTicks(accumulators, pass, pass)
                  + (rest == 0 ? 0 : turnTicks(rest, pass, pass)))
          + earlyWords * pass.wordTicks();
    }

    @Override
    public long lastTurnTicks(SimdPass pass, SimdPass next) {
      long rest = positions % accumulators;
      return turnTicks(rest == 0 ? accumulators : rest, pass, next);
    }

    private static long turnTicks(long positions, SimdPass pass, SimdPass next) {
      return turn(positions, pass.stepTicks(false, false), next.lineTicks());
    }
  }

  /**
   * Every line, and for each all positions, whose sums wait in PE memory between two lines.
   *
   * @param positions output positions
   * @param taps lines
   */
  record WeightsOuter(long positions, long taps) implements SimdNest {
    @Override
    public long steps() {
      return positions * taps;
    }

    @Override
    public long words() {
      return steps();
    }

    @Override
    public long lines() {
      return taps;
    }

    @Override
    public long sums() {
      return positions * (taps - 1);
    }

    @Override
    public long readTicks(SimdPass pass) {
      return positions * (pass.readTicks(false) + (taps - 1) * pass.readTicks(true));
    }

    @Override
    public long workTicks(SimdPass pass) {
      return positions * lines(pass, step -> step);
    }

    @Override
    public long turnTicks(SimdPass pass) {
      return lines(pass, step -> turn(positions, step, pass.lineTicks()));
    }

    @Override
    public long lastTurnTicks(SimdPass pass, SimdPass next) {
      return turn(positions, pass.stepTicks(taps > 1, false), next.lineTicks());
    }

    /** The first line finds no sums, the last leaves none. */
    private long lines(SimdPass pass, LongUnaryOperator ofStep) {
      long last = ofStep.applyAsLong(pass.stepTicks(taps > 1, false));
      return taps == 1
          ? last
          : ofStep.applyAsLong(pass.stepTicks(false, true))
              + (taps - 2) * ofStep.applyAsLong(pass.stepTicks(true, true))
              + last;
    }
  }
}
