package dev.ppe.simulator.reference;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.reference.Turn.Result;
import dev.ppe.simulator.reference.Turn.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The order of work of a sliding depthwise window: position by position, rows to and fro, a kernel
 * row, in words, a step. Each lane holds the window of its channel; an element that is not in the
 * registers comes from memory, one for every lane in a word of the port.
 */
final class SlidingNest {
  private final Core.Simd core;
  private final Convolution work;

  /** Words of a dot product in a kernel row. */
  private final int segments;

  /** The registers of each lane, by kernel element of the position that is visited. */
  private int[][][] window = new int[0][0][0];

  /** For each kernel element whether the registers have it. */
  private boolean[][] there = new boolean[0][0];

  SlidingNest(Core.Simd core, Convolution work) {
    this.core = core;
    this.work = work;
    this.segments = Math.ceilDiv(work.kernelColumns(), core.macsPerLane());
  }

  /** A kernel element. */
  private record Element(int y, int x) {}

  /** The turns of one pass with these channels on the lanes. */
  List<Turn> turns(List<Integer> channels) {
    window = new int[channels.size()][work.kernelRows()][work.kernelColumns()];
    there = new boolean[work.kernelRows()][work.kernelColumns()];
    List<Turn> turns = new ArrayList<>();
    int lastColumn = 0;
    for (int row = 0; row < work.rows(); row++) {
      for (int i = 0; i < work.columns(); i++) {
        int column = row % 2 == 0 ? i : work.columns() - 1 - i;
        if (i > 0) {
          moveAlong(column > lastColumn);
        } else if (row > 0) {
          moveDown();
        }
        lastColumn = column;
        turns.addAll(position(channels, row, column));
      }
    }
    return turns;
  }

  /** In each word of the window the registers pass on their elements and lack one at an end. */
  private void moveAlong(boolean forward) {
    for (int y = 0; y < work.kernelRows(); y++) {
      for (int segment = 0; segment < segments; segment++) {
        int from = start(segment);
        int to = end(segment) - 1;
        for (int[][] registers : window) {
          int kept = to - from;
          System.arraycopy(
              registers[y],
              forward ? from + 1 : from,
              registers[y],
              forward ? from : from + 1,
              kept);
        }
        there[y][forward ? to : from] = false;
      }
    }
  }

  private void moveDown() {
    int last = work.kernelRows() - 1;
    for (int[][] registers : window) {
      for (int y = 0; y < last; y++) {
        registers[y] = registers[y + 1].clone();
      }
    }
    there[last] = new boolean[work.kernelColumns()];
  }

  private List<Turn> position(List<Integer> channels, int row, int column) {
    Deque<Element> missing = new ArrayDeque<>();
    for (int y = 0; y < work.kernelRows(); y++) {
      for (int x = 0; x < work.kernelColumns(); x++) {
        if (!there[y][x]) {
          missing.add(new Element(y, x));
        }
      }
    }
    int taps = work.kernelRows() * segments;
    int early = Math.max(0, missing.size() - taps);
    arrive(missing, early, channels, row, column);
    List<Turn> turns = new ArrayList<>();
    for (int tap = 0; tap < taps; tap++) {
      arrive(missing, 1, channels, row, column);
      int y = tap / segments;
      int segment = tap % segments;
      int[][] line = new int[channels.size()][core.macsPerLane()];
      int[][] operands = new int[channels.size()][core.macsPerLane()];
      List<Result> results = new ArrayList<>();
      for (int lane = 0; lane < channels.size(); lane++) {
        int channel = channels.get(lane);
        for (int x = start(segment); x < end(segment); x++) {
          if (!there[y][x]) {
            throw new IllegalStateException("a step before its operands");
          }
          line[lane][x - start(segment)] = work.weights()[channel][y][x][0];
          operands[lane][x - start(segment)] = window[lane][y][x];
        }
        results.add(new Result(lane, row, column, channel));
      }
      turns.add(
          new Turn(
              line,
              List.of(
                  new Step(
                      tap == 0 ? early : 0,
                      operands,
                      0,
                      tap == 0,
                      tap == taps - 1 ? results : List.of()))));
    }
    return turns;
  }

  /** So many words come from memory, each with one kernel element for every lane. */
  private void arrive(
      Deque<Element> missing, int words, List<Integer> channels, int row, int column) {
    for (int i = 0; i < words && !missing.isEmpty(); i++) {
      Element element = missing.removeFirst();
      int[] word = work.activations()[row + element.y()][column + element.x()];
      for (int lane = 0; lane < window.length; lane++) {
        window[lane][element.y()][element.x()] = word[channels.get(lane) / work.outputs()];
      }
      there[element.y()][element.x()] = true;
    }
  }

  private int start(int segment) {
    return segment * core.macsPerLane();
  }

  private int end(int segment) {
    return Math.min(work.kernelColumns(), start(segment) + core.macsPerLane());
  }
}
