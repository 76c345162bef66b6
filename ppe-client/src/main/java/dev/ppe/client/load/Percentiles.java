package dev.ppe.client.load;

import org.HdrHistogram.Histogram;

/** How long it took, in microseconds. */
public record Percentiles(long count, double p50, double p90, double p99, double p999, double max) {
  /** Of nothing. */
  public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);

  private static final double NANOS = 1e3;

  static Percentiles of(Histogram nanos) {
    return new Percentiles(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS,
        nanos.getValueAtPercentile(90) / NANOS,
        nanos.getValueAtPercentile(99) / NANOS,
        nanos.getValueAtPercentile(99.9) / NANOS,
        nanos.getMaxValue() / NANOS);
  }
}
