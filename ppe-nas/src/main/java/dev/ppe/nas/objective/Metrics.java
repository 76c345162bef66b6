package dev.ppe.nas.objective;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The figures of a candidate.
 *
 * @param values finite, each in its metric's unit; a metric that nobody asked for may be missing
 */
public record Metrics(Map<Metric, Double> values) {
  public Metrics {
    EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(values);
    copy.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s is %s".formatted(metric.word(), value));
          }
        });
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public double get(Metric metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException("the candidate's " + metric.word() + " is not known");
    }
    return value;
  }

  /** These and one more. */
  public Metrics with(Metric metric, double value) {
    EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(values);
    copy.put(metric, value);
    return new Metrics(copy);
  }

  /** These and others, which count where both have a metric. */
  public Metrics with(Metrics others) {
    EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(values);
    copy.putAll(others.values());
    return new Metrics(copy);
  }
}
