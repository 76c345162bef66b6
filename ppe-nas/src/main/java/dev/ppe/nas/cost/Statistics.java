package dev.ppe.nas.cost;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Sums over vectors. */
final class Statistics {
  private Statistics() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double dot(double[] first, double[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * second[i];
    }
    return sum;
  }

  static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /** The values at some places. */
  static double[] where(double[] values, IntPredicate places) {
    return IntStream.range(0, values.length)
        .filter(places)
        .mapToDouble(place -> values[place])
        .toArray();
  }
}
