package dev.ppe.simulator.validation.statistics;

import java.util.OptionalDouble;

/**
 * One measurement and what is predicted for it, in one unit.
 *
 * @param measured 0 or more
 * @param predicted anything
 */
public record Pair(double measured, double predicted) {
  public Pair {
    if (!(measured >= 0) || !Double.isFinite(measured) || !Double.isFinite(predicted)) {
      throw new IllegalArgumentException(
          "measured %s, predicted %s".formatted(measured, predicted));
    }
  }

  /** (predicted - measured) / measured: above 0 where too much is predicted; of 0 there is none. */
  public OptionalDouble error() {
    return measured > 0
        ? OptionalDouble.of((predicted - measured) / measured)
        : OptionalDouble.empty();
  }

  /** Whether the prediction is off by {@code tolerance} times the measurement at most. */
  public boolean isWithin(double tolerance) {
    return Math.abs(predicted - measured) <= tolerance * measured;
  }
}
