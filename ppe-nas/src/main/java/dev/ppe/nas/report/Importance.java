package dev.ppe.nas.report;

import dev.ppe.nas.statistics.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a figure's variance each parameter accounts for: permutation importance (Breiman,
 * "Random Forests", 2001; Fisher, Rudin and Dominici, "All Models are Wrong, but Many are Useful",
 * 2019) of an {@link AdditiveFit}.
 *
 * <p>The model is fitted to four of five trials. On the fifth ones, each parameter's choices are
 * shuffled among the trials: how much larger the squared error becomes on average of all shuffles,
 * over twice the variance of the figure, is its importance. For an additive model that average has
 * a closed form, so nothing is drawn by lot. Where parameters are independent and the model is
 * right, the importances add up to 1.
 *
 * <p>Limits: what parameters do only together is not seen, and {@code fit} says how much is
 * explained at all; parameters that a search always changed together share what either does; a
 * parameter is important within what was tried, and not beyond.
 *
 * @param label of the figure
 * @param trials how many were used
 * @param fit R2 on the trials that were held out; at or below 0 the importances mean nothing
 * @param shares of each parameter, in the space's order, 0 or more
 */
public record Importance(String label, int trials, double fit, List<Double> shares) {
  /** With fewer trials nothing can be said. */
  public static final int FEWEST_TRIALS = 25;

  private static final int FOLD = 5;

  public Importance {
    shares = List.copyOf(shares);
  }

  /**
   * The importances for a figure.
   *
   * @param levels each parameter's choice in each trial, [parameter][trial], from 0
   * @param sizes how many choices each parameter has
   * @param figures of each trial, {@link #FEWEST_TRIALS} or more
   */
  static Importance of(String label, int[][] levels, int[] sizes, double[] figures) {
    int trials = figures.length;
    AdditiveFit fit =
        AdditiveFit.of(part(levels, trials, false), sizes, figures(figures, trials, false));
    int[][] held = part(levels, trials, true);
    double[] truth = figures(figures, trials, true);
    double[] errors = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      errors[i] = truth[i] - fit.predict(held, i);
    }
    double variance = Statistics.variance(truth);
    List<Double> shares = new ArrayList<>();
    for (int parameter = 0; parameter < levels.length; parameter++) {
      shares.add(variance > 0 ? share(fit, parameter, held[parameter], errors) / variance : 0);
    }
    double explained = variance > 0 ? 1 - Statistics.meanSquare(errors) / variance : 0;
    return new Importance(label, trials, explained, shares);
  }

  /** Whether it says something: the variance of huge figures is no number. */
  boolean isFinite() {
    return Double.isFinite(fit) && shares.stream().allMatch(Double::isFinite);
  }

  /**
   * Half of what shuffling adds to the mean squared error. With an amount c and an error r in each
   * trial, the mean over all pairs i, j of (r_i + c_i - c_j)^2 exceeds the mean of r_i^2 by 2
   * var(c) + 2 cov(r, c).
   */
  private static double share(AdditiveFit fit, int parameter, int[] levels, double[] errors) {
    double[] amounts = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      amounts[i] = fit.amount(parameter, levels[i]);
    }
    double mean = Statistics.mean(amounts);
    double sum = 0;
    for (int i = 0; i < amounts.length; i++) {
      double deviation = amounts[i] - mean;
      sum += deviation * (deviation + errors[i]);
    }
    return Math.max(0, sum / amounts.length);
  }

  /** Every fifth trial is held out: a search drifts, and both parts should see all of it. */
  private static boolean isHeldOut(int trial) {
    return trial % FOLD == FOLD - 1;
  }

  private static int count(int trials, boolean heldOut) {
    int held = trials / FOLD;
    return heldOut ? held : trials - held;
  }

  private static int[][] part(int[][] levels, int trials, boolean heldOut) {
    int[][] part = new int[levels.length][count(trials, heldOut)];
    for (int parameter = 0; parameter < levels.length; parameter++) {
      int next = 0;
      for (int trial = 0; trial < trials; trial++) {
        if (isHeldOut(trial) == heldOut) {
          part[parameter][next++] = levels[parameter][trial];
        }
      }
    }
    return part;
  }

  private static double[] figures(double[] figures, int trials, boolean heldOut) {
    double[] part = new double[count(trials, heldOut)];
    int next = 0;
    for (int trial = 0; trial < trials; trial++) {
      if (isHeldOut(trial) == heldOut) {
        part[next++] = figures[trial];
      }
    }
    return part;
  }
}
