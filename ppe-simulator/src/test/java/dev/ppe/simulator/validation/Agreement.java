package dev.ppe.simulator.validation;

import java.util.List;
import java.util.Locale;

/**
 * How well predictions agree with measurements.
 *
 * @param pairs of a measurement and its prediction
 */
record Agreement(List<Pair> pairs) {
  /** One measurement and what the model gives for it, in one unit. */
  record Pair(double measured, double model) {}

  private static final String UNDEFINED = "-";

  Agreement {
    pairs = List.copyOf(pairs);
  }

  /** Mean of |model - measured| / measured over those measured as more than nothing. */
  String meanAbsolutePercentageError() {
    double[] errors =
        pairs.stream()
            .filter(pair -> pair.measured() > 0)
            .mapToDouble(pair -> Math.abs(pair.model() - pair.measured()) / pair.measured())
            .toArray();
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return errors.length == 0 ? UNDEFINED : format("%.1f %%", 100 * sum / errors.length);
  }

  /**
   * Coefficient of determination of the line y = x, no other fitted: below 0 is worse than the
   * mean.
   */
  String determination() {
    double mean = pairs.stream().mapToDouble(Pair::measured).average().orElse(0);
    double residual = 0;
    double total = 0;
    for (Pair pair : pairs) {
      residual += square(pair.model() - pair.measured());
      total += square(pair.measured() - mean);
    }
    return total == 0 ? UNDEFINED : format("%.3f", 1 - residual / total);
  }

  /** Kendall's rank correlation, tau-b where there are ties. */
  String kendallTau() {
    long score = 0;
    long untiedMeasured = 0;
    long untiedModel = 0;
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < i; j++) {
        int measured = Double.compare(pairs.get(i).measured(), pairs.get(j).measured());
        int model = Double.compare(pairs.get(i).model(), pairs.get(j).model());
        score += (long) Integer.signum(measured) * Integer.signum(model);
        untiedMeasured += Math.abs(Integer.signum(measured));
        untiedModel += Math.abs(Integer.signum(model));
      }
    }
    return untiedMeasured == 0 || untiedModel == 0
        ? UNDEFINED
        : format("%.3f", score / Math.sqrt((double) untiedMeasured * untiedModel));
  }

  private static double square(double x) {
    return x * x;
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
