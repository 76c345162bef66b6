package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.RobustScale;
import java.util.Arrays;

/**
 * What residuals count for if some of them are no part of the rest, by their {@link RobustScale}.
 *
 * <p>Weights are Tukey's (Beaton and Tukey 1974): they fall from 1 to 0 at 4.685 scales, so that
 * what is far off counts for nothing, wherever it stands. Beyond 3.5 scales a residual is an
 * outlier (Iglewicz and Hoaglin 1993).
 */
final class Robust {
  private static final double BIWEIGHT = 4.685;
  private static final double OUTLIER = 3.5;

  private Robust() {}

  /** Logarithms of predicted over measured. */
  static double[] residuals(double[] predicted, double[] measured) {
    double[] residuals = new double[predicted.length];
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] = Math.log(predicted[i] / measured[i]);
    }
    return residuals;
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
