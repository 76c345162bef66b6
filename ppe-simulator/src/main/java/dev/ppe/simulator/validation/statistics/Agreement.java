package dev.ppe.simulator.validation.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * How well predictions agree with measurements. What too few pairs leave undefined is empty.
 *
 * @param pairs of a measurement and its prediction
 */
public record Agreement(List<Pair> pairs) {
  public Agreement {
    pairs = List.copyOf(pairs);
  }

  /** Mean of |predicted - measured| / measured over those measured as more than nothing. */
  public OptionalDouble meanError() {
    return errors().map(Math::abs).average();
  }

  /** The relative error that is farthest from 0, with its sign; the first among equals. */
  public OptionalDouble worstError() {
    return errors().reduce((worst, error) -> Math.abs(error) > Math.abs(worst) ? error : worst);
  }

  private DoubleStream errors() {
    return pairs.stream().flatMapToDouble(pair -> pair.error().stream());
  }

  /** Share of pairs off by {@code tolerance} times the measurement at most; 0 to 1. */
  public OptionalDouble shareWithin(double tolerance) {
    return pairs.stream().mapToDouble(pair -> pair.isWithin(tolerance) ? 1 : 0).average();
  }

  /**
   * Share of pairs whose larger value is {@code factor} times the smaller at most, 1 or more; of
   * two zeros it is, of one it is not.
   */
  public OptionalDouble shareWithinFactor(double factor) {
    return pairs.stream()
        .mapToDouble(
            pair ->
                pair.predicted() <= factor * pair.measured()
                        && pair.measured() <= factor * pair.predicted()
                    ? 1
                    : 0)
        .average();
  }

  /**
   * Coefficient of determination of the uncorrected line y = x: 1 - sum of (predicted - measured)^2
   * / sum of (measured - mean)^2. Below 0 is worse than always predicting the mean.
   */
  public OptionalDouble determination() {
    return determination(pairs, DoubleUnaryOperator.identity());
  }

  /** The same of logarithms, where small rows count like large ones; all must be above 0. */
  public OptionalDouble logDetermination() {
    return pairs.stream().allMatch(pair -> pair.measured() > 0 && pair.predicted() > 0)
        ? determination(pairs, Math::log)
        : OptionalDouble.empty();
  }

  /** {@link #determination} without the row of the largest measurement, the first among equals. */
  public OptionalDouble determinationWithoutLargest() {
    List<Pair> rest = new ArrayList<>(pairs);
    rest.stream().max(Comparator.comparingDouble(Pair::measured)).ifPresent(rest::remove);
    return determination(rest, DoubleUnaryOperator.identity());
  }

  private static OptionalDouble determination(List<Pair> pairs, DoubleUnaryOperator scale) {
    double mean =
        pairs.stream()
            .mapToDouble(pair -> scale.applyAsDouble(pair.measured()))
            .average()
            .orElse(0);
    double residual = 0;
    double total = 0;
    for (Pair pair : pairs) {
      double measured = scale.applyAsDouble(pair.measured());
      residual += square(scale.applyAsDouble(pair.predicted()) - measured);
      total += square(measured - mean);
    }
    return total > 0 ? OptionalDouble.of(1 - residual / total) : OptionalDouble.empty();
  }

  /**
   * Kendall's rank correlation tau-b: (concordant - discordant) / sqrt(pairs untied in one x pairs
   * untied in the other); 1 where the order is kept.
   */
  public OptionalDouble kendallTau() {
    long score = 0;
    long untiedMeasured = 0;
    long untiedPredicted = 0;
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < i; j++) {
        int measured = Double.compare(pairs.get(i).measured(), pairs.get(j).measured());
        int predicted = Double.compare(pairs.get(i).predicted(), pairs.get(j).predicted());
        score += (long) Integer.signum(measured) * Integer.signum(predicted);
        untiedMeasured += Math.abs(Integer.signum(measured));
        untiedPredicted += Math.abs(Integer.signum(predicted));
      }
    }
    return untiedMeasured == 0 || untiedPredicted == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(score / Math.sqrt((double) untiedMeasured * untiedPredicted));
  }

  /**
   * Spearman's rank correlation: the linear correlation of the ranks, equal values sharing the mean
   * of theirs; 1 where the order is kept.
   */
  public OptionalDouble spearmanRho() {
    double[] measured = ranks(pairs.stream().mapToDouble(Pair::measured).toArray());
    double[] predicted = ranks(pairs.stream().mapToDouble(Pair::predicted).toArray());
    double mean = (pairs.size() + 1) / 2.0;
    double both = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < measured.length; i++) {
      both += (measured[i] - mean) * (predicted[i] - mean);
      first += square(measured[i] - mean);
      second += square(predicted[i] - mean);
    }
    return first == 0 || second == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(both / Math.sqrt(first * second));
  }

  /** From 1 on. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = lowerBound(sorted, values[i]);
      int end = first;
      while (end < sorted.length && Double.compare(sorted[end], values[i]) == 0) {
        end++;
      }
      ranks[i] = (first + 1 + end) / 2.0;
    }
    return ranks;
  }

  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double square(double x) {
    return x * x;
  }
}
