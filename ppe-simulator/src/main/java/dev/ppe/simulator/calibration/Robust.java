package dev.ppe.simulator.calibration;

import java.util.Arrays;

/**
 * What residuals come to if some of them are no part of the rest.
 *
 * <p>The scale is the median of the absolute residuals over 0.6745, which is the standard deviation
 * where they are normal; as many of the least ones as there are parameters are passed over, since a
 * fit brings those to 0 (DuMouchel and O'Brien 1989). Weights are Huber's (1964): 1 within 1.345
 * scales, and falling as 1 over the residual beyond. Beyond 3.5 scales a residual is an outlier
 * (Iglewicz and Hoaglin 1993).
 */
final class Robust {
  private static final double NORMAL_MEDIAN = 0.6745;
  private static final double HUBER = 1.345;
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
    return Math.min(1, HUBER * scale / Math.abs(residual));
  }

  static double[] weights(double[] residuals, double scale) {
    return Arrays.stream(residuals).map(residual -> weight(residual, scale)).toArray();
  }

  /** The sum that is made least: half the square within, a line beyond. */
  static double loss(double[] residuals, double scale) {
    double sum = 0;
    for (double residual : residuals) {
      double t = Math.abs(residual) / scale;
      sum += t <= HUBER ? t * t / 2 : HUBER * (t - HUBER / 2);
    }
    return sum;
  }

  static boolean isOutlier(double residual, double scale) {
    return Math.abs(residual) > OUTLIER * scale;
  }
}
