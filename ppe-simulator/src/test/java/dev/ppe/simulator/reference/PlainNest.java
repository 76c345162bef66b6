package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.reference.Turn.Result;
import dev.ppe.simulator.reference.Turn.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of work where nothing slides: accumulatorfuls of positions, for each of them every
 * kernel element and word of inputs, under one line for all positions.
 */
final class PlainNest {
  private final Core.Simd core;
  private final Convolution work;

  /** From one position visited to the next. */
  private final int stride;

  private final int rows;
  private final int columns;

  /** Positions that share a line. */
  private final int together;

  /**
   * The nest.
   *
   * @param dense whether positions between those of the output are visited too, for nothing
   * @param once whether all positions share a line, or as many as there are accumulators
   */
  PlainNest(Core.Simd core, Convolution work, boolean dense, boolean once) {
    this.core = core;
    this.work = work;
    this.stride = dense ? 1 : work.stride();
    this.rows = dense ? (work.rows() - 1) * work.stride() + 1 : work.rows();
    this.columns = dense ? (work.columns() - 1) * work.stride() + 1 : work.columns();
    this.together = once ? rows * columns : core.accumulators();
  }

  /** The turns of one pass with these output channels on the lanes. */
  List<Turn> turns(List<Integer> channels) {
    List<Turn> turns = new ArrayList<>();
    for (int start = 0; start < rows * columns; start += together) {
      int end = Math.min(rows * columns, start + together);
      int words = Math.ceilDiv(work.inputs(), core.macsPerLane());
      int taps = work.kernelRows() * work.kernelColumns() * words;
      for (int tap = 0; tap < taps; tap++) {
        int word = tap % words;
        int y = tap / words / work.kernelColumns();
        int x = tap / words % work.kernelColumns();
        List<Step> steps = new ArrayList<>();
        for (int position = start; position < end; position++) {
          int row = position / columns;
          int column = position % columns;
          steps.add(
              new Step(
                  0,
                  operands(channels, row, column, y, x, word),
                  position - start,
                  tap == 0,
                  tap == taps - 1 ? results(channels, row, column) : List.of()));
        }
        turns.add(new Turn(line(channels, y, x, word), steps));
      }
    }
    return turns;
  }

  private int[][] line(List<Integer> channels, int y, int x, int word) {
    int[][] line = new int[channels.size()][core.macsPerLane()];
    for (int lane = 0; lane < line.length; lane++) {
      for (int i = 0; i < core.macsPerLane(); i++) {
        int input = word * core.macsPerLane() + i;
        line[lane][i] = input < work.inputs() ? work.weights()[channels.get(lane)][y][x][input] : 0;
      }
    }
    return line;
  }

  private int[][] operands(List<Integer> channels, int row, int column, int y, int x, int word) {
    int[] position =
        work.activations()[row * stride + y * work.dilation()][
            column * stride + x * work.dilation()];
    int[][] operands = new int[channels.size()][core.macsPerLane()];
    for (int lane = 0; lane < operands.length; lane++) {
      int firstInput = channels.get(lane) / work.outputs() * work.inputs();
      for (int i = 0; i < core.macsPerLane(); i++) {
        int input = word * core.macsPerLane() + i;
        operands[lane][i] = input < work.inputs() ? position[firstInput + input] : 0;
      }
    }
    return operands;
  }

  private List<Result> results(List<Integer> channels, int row, int column) {
    int skipped = work.stride() / stride;
    if (row % skipped != 0 || column % skipped != 0) {
      return List.of();
    }
    List<Result> results = new ArrayList<>();
    for (int lane = 0; lane < channels.size(); lane++) {
      results.add(new Result(lane, row / skipped, column / skipped, channels.get(lane)));
    }
    return results;
  }
}
