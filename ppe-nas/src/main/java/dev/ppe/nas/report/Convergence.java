package dev.ppe.nas.report;

import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Goal.Optimize;
import dev.ppe.nas.objective.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The best of those that keep the limits, over the trials.
 *
 * @param label what it is the best of
 * @param metric whose figure it is; empty if it is a reward
 * @param steps where it changes, in the order of trials; none if nothing keeps the limits
 */
public record Convergence(String label, Optional<Metric> metric, List<Step> steps) {
  public Convergence {
    steps = List.copyOf(steps);
  }

  /** Of each goal by itself. */
  static List<Convergence> of(List<Goal> goals, List<Judged> trials) {
    List<Convergence> all = new ArrayList<>();
    for (int i = 0; i < goals.size(); i++) {
      all.add(of(goals.get(i), i, trials));
    }
    return all;
  }

  private static Convergence of(Goal goal, int index, List<Judged> trials) {
    List<Step> steps = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Judged each : trials) {
      if (!each.isNewAndFeasible()) {
        continue;
      }
      double score = each.scored().orElseThrow().scores().get(index);
      if (score > best) {
        best = score;
        steps.add(new Step(each.trial().number(), figure(goal, score)));
      }
    }
    Optional<Metric> metric =
        goal instanceof Optimize(Metric own) ? Optional.of(own) : Optional.empty();
    return new Convergence(label(goal), metric, steps);
  }

  /** A goal as it is written. */
  static String label(Goal goal) {
    return switch (goal) {
      case Optimize(Metric metric) -> metric.word();
      case Goal.MnasSoft soft -> "mnas-soft";
      case Goal.MnasHard hard -> "mnas-hard";
      case Goal.TunasAbsolute absolute -> "tunas";
    };
  }

  /** Costs are scored with the other sign. */
  private static double figure(Goal goal, double score) {
    return goal instanceof Optimize(Metric metric) && !metric.isGain() ? 0 - score : score;
  }
}
