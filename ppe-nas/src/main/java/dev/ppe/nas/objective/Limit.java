package dev.ppe.nas.objective;

/**
 * What a candidate must not exceed; for the quality, must not fall below.
 *
 * @param bound in the metric's unit, above 0
 */
public record Limit(Metric metric, double bound) {
  public Limit {
    if (!(bound > 0) || !Double.isFinite(bound)) {
      throw new IllegalArgumentException(
          "the limit of %s is %s, must be above 0".formatted(metric.word(), bound));
    }
  }

  /** By what share of the limit a candidate misses it; 0 if it keeps it. */
  public double violation(Metrics metrics) {
    double excess = metrics.get(metric) / bound - 1;
    return Math.max(0, metric.isGain() ? -excess : excess);
  }
}
