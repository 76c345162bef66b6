package dev.ppe.simulator.validation.statistics;

import java.util.Arrays;

/**
 * How far relative residuals scatter if some of them are no part of the rest: the median of the
 * absolute ones over 0.6745, which is the standard deviation where they are normal.
 */
public final class RobustScale {
  private static final double NORMAL_MEDIAN = 0.6745;

  /** No measurement repeats, and no model is, better than that. */
  private static final double LEAST = 0.005;

  private RobustScale() {}

  /**
   * The scale, half a percent at the least.
   *
   * @param residuals logarithms of predicted over measured, for example; in any order
   * @param passedOver how many of the least ones, fewer than there are: a fit brings as many to 0
   *     as it has parameters (DuMouchel and O'Brien 1989)
   * @throws IllegalArgumentException if none are left
   */
  public static double of(double[] residuals, int passedOver) {
    if (passedOver >= residuals.length) {
      throw new IllegalArgumentException(
          "%d residuals have no scale beside %d parameters"
              .formatted(residuals.length, passedOver));
    }
    double[] sorted = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    double[] left = Arrays.copyOfRange(sorted, passedOver, sorted.length);
    int half = left.length / 2;
    double median = left.length % 2 == 1 ? left[half] : (left[half - 1] + left[half]) / 2;
    return Math.max(median / NORMAL_MEDIAN, LEAST);
  }
}
