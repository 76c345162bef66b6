package dev.ppe.simulator.reference;

import java.util.List;

/** What lanes do with one line of weights. */
final class Turn {
  private final int[][] line;
  private final List<Step> steps;

  /**
   * As it is written down.
   *
   * @param line weights by lane and input of the dot product; empty lanes have none
   * @param steps what they do with it, one after the other
   */
  Turn(int[][] line, List<Step> steps) {
    this.line = line;
    this.steps = steps;
  }

  int[][] line() {
    return line;
  }

  List<Step> steps() {
    return steps;
  }

  /** One dot product in every lane. */
  static final class Step {
    private final int early;
    private final int[][] operands;
    private final int target;
    private final boolean clears;
    private final List<Result> results;

    /**
     * As it is written down.
     *
     * @param early words of activations that the port brings before
     * @param operands by lane and input of the dot product
     * @param target accumulator, the same in all lanes
     * @param clears whether the accumulators begin anew
     * @param results where the sums go after that, by lane; empty where they go on
     */
    Step(int early, int[][] operands, int target, boolean clears, List<Result> results) {
      this.early = early;
      this.operands = operands;
      this.target = target;
      this.clears = clears;
      this.results = results;
    }

    int early() {
      return early;
    }

    int[][] operands() {
      return operands;
    }

    int target() {
      return target;
    }

    boolean clears() {
      return clears;
    }

    List<Result> results() {
      return results;
    }
  }

  /** A place of the output. */
  record Result(int lane, int row, int column, int channel) {}
}
