package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the agreement of a figure shall be. */
public sealed interface Target {
  /** The mean relative error is {@code limit} at most. */
  record MeanError(double limit) implements Target {}

  /** No relative error is above {@code limit}. */
  record WorstError(double limit) implements Target {}

  /** At least {@code share} of the rows are off by {@code tolerance} at most. */
  record Within(double tolerance, double share) implements Target {}

  /** All rows are within a factor, both ways. */
  record Factor(double factor) implements Target {}

  /** All rows are equal. */
  record Exact() implements Target {}

  /** No figure is above {@code limit}, in its unit, neither a simulated nor a measured one. */
  record NeverAbove(long limit) implements Target {}

  /** R2 of y = x is {@code limit} at least. */
  record Determination(double limit) implements Target {}

  /** R2 of y = x of the logarithms is {@code limit} at least. */
  record LogDetermination(double limit) implements Target {}

  /** Kendall's tau is {@code limit} at least. */
  record RankCorrelation(double limit) implements Target {}

  /** Spearman's rank correlation is {@code limit} at least. */
  record Spearman(double limit) implements Target {}

  /**
   * A target against what was reached.
   *
   * @param target in words
   * @param reached the figure that it is about, {@code -} if it is undefined
   * @param met whether it is good enough; what is undefined is not
   */
  record Verdict(String target, String reached, boolean met) {}

  /** Judges the agreement of some rows. */
  default Verdict judge(Agreement agreement) {
    return switch (this) {
      case MeanError(double limit) ->
          atMost("mean error <= " + percent(limit), agreement.meanError(), limit);
      case WorstError(double limit) ->
          atMost("worst error <= " + percent(limit), magnitude(agreement.worstError()), limit);
      case Within(double tolerance, double share) ->
          share(
              "within %s on %s of rows".formatted(percent(tolerance), percent(share)),
              agreement.shareWithin(tolerance),
              share);
      case Factor(double factor) ->
          share(
              "within a factor %s on all rows".formatted(number(factor)),
              agreement.shareWithinFactor(factor),
              1);
      case Exact exact -> share("exact on all rows", agreement.shareWithin(0), 1);
      case NeverAbove(long limit) -> neverAbove(agreement.pairs(), limit);
      case Determination(double limit) ->
          atLeast("R2 >= " + number(limit), agreement.determination(), limit);
      case LogDetermination(double limit) ->
          atLeast("log R2 >= " + number(limit), agreement.logDetermination(), limit);
      case RankCorrelation(double limit) ->
          atLeast("tau >= " + number(limit), agreement.kendallTau(), limit);
      case Spearman(double limit) ->
          atLeast("Spearman >= " + number(limit), agreement.spearmanRho(), limit);
    };
  }

  private static Verdict neverAbove(List<Pair> pairs, long limit) {
    String target = String.format(Locale.ROOT, "never above %,d", limit);
    if (pairs.isEmpty()) {
      return new Verdict(target, "-", false);
    }
    double predicted = pairs.stream().mapToDouble(Pair::predicted).max().orElseThrow();
    double measured = pairs.stream().mapToDouble(Pair::measured).max().orElseThrow();
    return new Verdict(
        target,
        String.format(Locale.ROOT, "%,.0f at most, measured %,.0f", predicted, measured),
        predicted <= limit && measured <= limit);
  }

  private static Verdict atMost(String target, OptionalDouble reached, double limit) {
    return new Verdict(
        target, percent(reached), reached.isPresent() && reached.getAsDouble() <= limit);
  }

  private static Verdict share(String target, OptionalDouble reached, double limit) {
    return new Verdict(
        target,
        reached.isPresent() ? percent(reached) + " of rows" : percent(reached),
        reached.isPresent() && reached.getAsDouble() >= limit);
  }

  private static Verdict atLeast(String target, OptionalDouble reached, double limit) {
    return new Verdict(
        target,
        reached.isPresent() ? String.format(Locale.ROOT, "%.4f", reached.getAsDouble()) : "-",
        reached.isPresent() && reached.getAsDouble() >= limit);
  }

  private static OptionalDouble magnitude(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(Math.abs(value.getAsDouble())) : value;
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble())
        : "-";
  }

  private static String percent(double share) {
    return number(Math.round(share * 1e6) / 1e4) + " %";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
