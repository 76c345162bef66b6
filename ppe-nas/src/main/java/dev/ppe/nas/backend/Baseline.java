package dev.ppe.nas.backend;

import java.util.List;

/** What rewards are measured against: moving averages of the reward and of its deviation. */
final class Baseline {
  private final double momentum;
  private boolean begun;
  private double mean;
  private double deviation;
  private double worst = Double.POSITIVE_INFINITY;
  private double worstKept = Double.POSITIVE_INFINITY;
  private double bestKept = Double.NEGATIVE_INFINITY;

  Baseline(double momentum) {
    this.momentum = momentum;
  }

  /** Takes the mean of the very first rewards, so that the first step has a direction. */
  void beginWith(List<Double> rewards) {
    if (!begun) {
      begun = true;
      mean = rewards.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      deviation =
          rewards.stream().mapToDouble(reward -> Math.abs(reward - mean)).average().orElse(0);
    }
  }

  /** How much better than usual a reward is, in usual deviations; no more than 3 either way. */
  double advantage(double reward) {
    double difference = reward - mean;
    double scale = Math.max(deviation, 1e-12);
    return Math.clamp(difference / scale, -3, 3);
  }

  void observe(double reward) {
    worst = Math.min(worst, reward);
    deviation = momentum * deviation + (1 - momentum) * Math.abs(reward - mean);
    mean = momentum * mean + (1 - momentum) * reward;
  }

  /** Takes note of the score of a candidate that keeps the limits. */
  double kept(double score) {
    worstKept = Math.min(worstKept, score);
    bestKept = Math.max(bestKept, score);
    return score;
  }

  /** The lowest score of candidates that kept the limits. */
  double worstKept() {
    return Double.isFinite(worstKept) ? worstKept : 0;
  }

  /** The range of those scores: what exceeding a limit by the whole of it costs. */
  double unit() {
    double range = bestKept - worstKept;
    return Double.isFinite(range) && range > 0 ? range : 1;
  }

  /** The lowest reward. */
  double worst() {
    return Double.isFinite(worst) ? worst : 0;
  }
}
