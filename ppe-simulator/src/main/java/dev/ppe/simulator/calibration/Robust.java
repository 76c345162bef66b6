package dev.ppe.simulator.calibration;

import java.util.Arrays;

/**
 * What residuals come to if some of them are no part of the rest.
 *
 * <p>The scale is the median of the absolute residuals over 0.6745, which is the standard deviation
 * where they are normal; as many of the least ones as there are parameters are passed over, since a
 * fit brings those to 0 (DuMouchel and O'Brien 1989). Weights are Tukey's (Beaton and Tukey 1974):
 * they fall from 1 to 0 at 4.685 scales, so that what is far off counts for nothing, wherever it
 * stands. Beyond 3.5 scales a residual is an outlier (Iglewicz and Hoaglin 1993).
 */
final class Robust {
  private static final double NORMAL_MEDIAN = 0.6745;
  private static final double BIWEIGHT = 4.685;
  private static final double OUTLIER = 3.5;

  /** Of relative residuals: no measurement repeats, and no model is, better than that. */
  private static final double LEAST_SCALE = 0.005;

  private Robust() {}

  /** Logarithms of predicted over measured. */
  static double[] residuals(double[] predicted, double[] measured) {
    double[] residuals = new double[predicted.length];
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = Math.log(predicted[i] / measured[i]);
    }
    return residuals;
  }

  /** The scale of residuals after a fit of so many parameters, fewer than there are residuals. */
  static double scale(double[] residuals, int parameters) {
    double[] sorted = Arrays.stream(residuals).map(Math::abs).sorted().toArray();
    double[] left = Arrays.copyOfRange(sorted, parameters, sorted.length);
    int half = left.length / 2;
    double median = left.length % 2 == 1 ? left[half] : (left[half - 1] + left[half]) / 2;
    return Math.max(median / NORMAL_MEDIAN, LEAST_SCALE);
  }

  static double weight(double residual, double scale) {
    double within = within(residual, scale);
    return within * within;
  }

  static double[] weights(double[] residuals, double scale) {
    return Arrays.stream(residuals).map(residual -> weight(residual, scale)).toArray();
  }

  /** 1 - (residual / (4.685 scales))^2, and 0 beyond those. */
  private static double within(double residual, double scale) {
    double t = residual / (BIWEIGHT * scale);
    return Math.max(0, 1 - t * t);
  }

  /** The sum that is made least: nearly half the square within, and no more than so much beyond. */
  static double loss(double[] residuals, double scale) {
    double sum = 0;
    for (double residual : residuals) {
      double within = within(residual, scale);
      sum += BIWEIGHT * BIWEIGHT / 6 * (1 - within * within * within);
    }
    return sum;
  }

  static boolean isOutlier(double residual, double scale) {
    return Math.abs(residual) > OUTLIER * scale;
  }
}
