package dev.ppe.simulator.reference;

import java.util.List;

/**
 * What lanes do with one line of weights.
 *
 * @param line weights by lane and input of the dot product; empty lanes have none
 * @param steps what they do with it, one after the other
 */
record Turn(int[][] line, List<Step> steps) {

  /**
   * One dot product in every lane.
   *
   * @param early words of activations that the port brings before
   * @param operands by lane and input of the dot product
   * @param target accumulator, the same in all lanes
   * @param clears whether the accumulators begin anew
   * @param results where the sums go after that, by lane; empty where they go on
   */
  record Step(int early, int[][] operands, int target, boolean clears, List<Result> results) {}

  /** A place of the output. */
  record Result(int lane, int row, int column, int channel) {}
}
