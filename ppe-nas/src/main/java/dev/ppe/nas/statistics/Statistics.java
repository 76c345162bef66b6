package dev.ppe.nas.statistics;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Sums over vectors. */
public final class Statistics {
  private Statistics() {}

  /** The mean of one value or more. */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The mean of the squares of one value or more. */
  public static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum / values.length;
  }

  /** The mean square of what one value or more deviate from their mean. */
  public static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }

  /** The sum of the products of what stands at the same places. */
  public static double dot(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * second[i];
    }
    return sum;
  }

  /** Whether all values are the first. */
  public static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** The values at some places. */
  public static double[] where(double[] values, IntPredicate places) {
    return IntStream.range(0, values.length)
        .filter(places)
        .mapToDouble(place -> values[place])
        .toArray();
  }
}
