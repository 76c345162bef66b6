package dev.ppe.nas.report;

import dev.ppe.nas.statistics.Statistics;
import java.util.Arrays;

/**
 * A figure as a constant plus an amount for each choice: the linear model over one-hot coded
 * choices that TuNAS uses for costs, fitted by ridge regression.
 *
 * <p>Fitted by coordinate descent (backfitting: Hastie and Tibshirani, "Generalized Additive
 * Models", 1990): the amounts of one parameter at a time are set to what is best for them given all
 * others, until nothing moves any more. The penalty of 1 counts as one more trial of each choice
 * that does nothing, so that rare choices get small amounts. The same trials give the same fit.
 *
 * <p>Arrays, since there are millions of choices.
 */
final class AdditiveFit {
  private static final double PENALTY = 1;
  private static final int MOST_SWEEPS = 100;
  private static final double TOLERANCE = 1e-4;

  /** Additions that one fit may cost: about a second. */
  private static final long MOST_WORK = 500_000_000L;

  private final double[][] amounts;
  private double constant;

  private AdditiveFit(int[] sizes) {
    amounts = Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
  }

  /**
   * The fit of some trials.
   *
   * @param levels each parameter's choice in each trial, [parameter][trial], from 0
   * @param sizes how many choices each parameter has
   * @param figures of each trial
   */
  static AdditiveFit of(int[][] levels, int[] sizes, double[] figures) {
    AdditiveFit fit = new AdditiveFit(sizes);
    double[] rest = figures.clone();
    fit.constant = Statistics.mean(rest);
    subtract(rest, fit.constant);
    double enough = TOLERANCE * Math.sqrt(Statistics.meanSquare(rest));
    long cost = Math.max(1, (long) levels.length * figures.length);
    int sweeps = Math.clamp(MOST_WORK / cost, 5, MOST_SWEEPS);
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double moved = 0;
      for (int parameter = 0; parameter < levels.length; parameter++) {
        moved = Math.max(moved, fit.move(levels[parameter], parameter, rest));
      }
      double shift = Statistics.mean(rest);
      fit.constant += shift;
      subtract(rest, shift);
      if (moved <= enough) {
        break;
      }
    }
    return fit;
  }

  /** Sets the amounts of a parameter, and returns the farthest that one of them moved. */
  private double move(int[] levels, int parameter, double[] rest) {
    double[] own = amounts[parameter];
    double[] sums = new double[own.length];
    int[] counts = new int[own.length];
    for (int i = 0; i < levels.length; i++) {
      sums[levels[i]] += rest[i];
      counts[levels[i]]++;
    }
    double moved = 0;
    double[] change = new double[own.length];
    for (int level = 0; level < own.length; level++) {
      double amount = (sums[level] + counts[level] * own[level]) / (counts[level] + PENALTY);
      change[level] = amount - own[level];
      own[level] = amount;
      moved = Math.max(moved, Math.abs(change[level]));
    }
    for (int i = 0; i < levels.length; i++) {
      rest[i] -= change[levels[i]];
    }
    return moved;
  }

  /** What a choice adds to the figure. */
  double amount(int parameter, int level) {
    return amounts[parameter][level];
  }

  /** The figure of a trial. */
  double predict(int[][] levels, int trial) {
    double figure = constant;
    for (int parameter = 0; parameter < levels.length; parameter++) {
      figure += amounts[parameter][levels[parameter][trial]];
    }
    return figure;
  }

  private static void subtract(double[] values, double amount) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= amount;
    }
  }
}
