package dev.ppe.nas.cost;

import dev.ppe.nas.statistics.Statistics;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * How well predictions agree with what the service says.
 *
 * @param count of samples
 * @param rmse root of the mean squared error, in the metric's unit
 * @param mape mean absolute error as a share of the service's figure
 * @param r2 coefficient of determination: 1 less the share of the variance that is left
 * @param spearman rank correlation
 * @param kendall rank correlation, tau-b
 * @param within5 share of predictions that are off by 5 % or less
 * @param within10 share of predictions that are off by 10 % or less
 */
public record Accuracy(
    int count,
    double rmse,
    double mape,
    double r2,
    double spearman,
    double kendall,
    double within5,
    double within10) {

  /**
   * The accuracy of predictions.
   *
   * @param truth two or more, not all the same
   * @throws IllegalArgumentException if nothing can be said with so few, or equal, figures
   */
  public static Accuracy of(double[] truth, double[] predicted) {
    if (truth.length < 2) {
      throw new IllegalArgumentException(
          "%d samples are held out, must be 2 or more: draw more".formatted(truth.length));
    }
    double mean = Statistics.mean(truth);
    double squares = 0;
    double variance = 0;
    double shares = 0;
    int near = 0;
    int nearer = 0;
    for (int i = 0; i < truth.length; i++) {
      double error = predicted[i] - truth[i];
      double share = Math.abs(error) / Math.abs(truth[i]);
      squares += error * error;
      variance += (truth[i] - mean) * (truth[i] - mean);
      shares += share;
      nearer += share <= 0.05 ? 1 : 0;
      near += share <= 0.1 ? 1 : 0;
    }
    if (variance == 0) {
      throw new IllegalArgumentException(
          "all samples held out cost the same: there is nothing to predict");
    }
    double count = truth.length;
    boolean constant = Statistics.isConstant(predicted);
    return new Accuracy(
        truth.length,
        Math.sqrt(squares / count),
        shares / count,
        1 - squares / variance,
        constant ? 0 : new SpearmansCorrelation().correlation(truth, predicted),
        constant ? 0 : new KendallsCorrelation().correlation(truth, predicted),
        nearer / count,
        near / count);
  }
}
