package dev.ppe.nas.backend;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import java.util.List;

/**
 * What outcomes are worth, and what that is measured against: moving averages of the reward and of
 * its deviation.
 *
 * <p>An outcome that keeps the limits is worth its score. One that exceeds them is worth less than
 * the lowest such score, the more the further it exceeds them: by the range of those scores for the
 * whole of a limit. One that failed is worth less than all of these. While nothing has kept the
 * limits, there is no score to compare with and only violations count.
 */
final class Baseline {
  /** Sums and differences of scores up to here, and of their averages, are numbers. */
  private static final double LARGEST_SCORE = 1e100;

  /** Leaves what exceeds limits below every score. */
  private static final double LOWEST_REWARD = -1e200;

  private final double momentum;
  private boolean begun;
  private double mean;
  private double deviation;
  private double worstViolation;
  private double worstKept = Double.POSITIVE_INFINITY;
  private double bestKept = Double.NEGATIVE_INFINITY;

  Baseline(double momentum) {
    this.momentum = momentum;
  }

  /**
   * What each of some outcomes is worth that became known together; begins the averages with the
   * mean of the very first ones, so that the first step has a direction.
   */
  List<Double> rewards(List<Outcome> outcomes) {
    outcomes.forEach(this::take);
    List<Double> rewards = outcomes.stream().map(this::reward).toList();
    if (!begun && outcomes.stream().anyMatch(Scored.class::isInstance)) {
      begun = true;
      mean = rewards.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      deviation =
          rewards.stream().mapToDouble(reward -> Math.abs(reward - mean)).average().orElse(0);
    }
    return rewards;
  }

  private void take(Outcome outcome) {
    if (outcome instanceof Scored scored && scored.isFeasible()) {
      boolean first = !hasKept();
      double score = score(scored);
      worstKept = Math.min(worstKept, score);
      bestKept = Math.max(bestKept, score);
      if (first) { // the violations so far are measured from this score from now on
        mean += score;
      }
    } else if (outcome instanceof Scored scored) {
      worstViolation = Math.max(worstViolation, scored.violation());
    }
  }

  private double reward(Outcome outcome) {
    return switch (outcome) {
      case Failed failed -> exceeding(worstViolation + 1);
      case Scored scored -> scored.isFeasible() ? score(scored) : exceeding(scored.violation());
    };
  }

  private static double score(Scored scored) {
    return Math.clamp(scored.score(), -LARGEST_SCORE, LARGEST_SCORE);
  }

  private double exceeding(double violation) {
    return Math.max((hasKept() ? worstKept : 0) - violation * unit(), LOWEST_REWARD);
  }

  private boolean hasKept() {
    return worstKept <= bestKept;
  }

  /** What exceeding a limit by the whole of it costs. */
  private double unit() {
    double range = bestKept - worstKept;
    return Double.isFinite(range) && range > 0 ? range : 1;
  }

  /**
   * How much better than usual a reward is, in usual deviations; no more than 3 either way, and 0
   * while everything has failed.
   */
  double advantage(double reward) {
    double difference = reward - mean;
    double scale = Math.max(deviation, 1e-12);
    return begun ? Math.clamp(difference / scale, -3, 3) : 0;
  }

  void observe(double reward) {
    if (begun) {
      deviation = momentum * deviation + (1 - momentum) * Math.abs(reward - mean);
      mean = momentum * mean + (1 - momentum) * reward;
    }
  }
}
