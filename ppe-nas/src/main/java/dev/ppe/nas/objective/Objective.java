package dev.ppe.nas.objective;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a search looks for: candidates with high scores that keep the limits.
 *
 * @param goals one or more; of several, a search looks for the Pareto front
 * @param limits none or more
 */
public record Objective(List<Goal> goals, List<Limit> limits) {
  public Objective {
    goals = List.copyOf(goals);
    limits = List.copyOf(limits);
    if (goals.isEmpty()) {
      throw new IllegalArgumentException("an objective has one goal or more");
    }
  }

  /** An objective with one goal. */
  public static Objective of(Goal goal, Limit... limits) {
    return new Objective(List.of(goal), List.of(limits));
  }

  /**
   * What becomes of a candidate with these metrics; it fails if a reward multiplies its quality and
   * that is not above 0.
   *
   * @throws IllegalArgumentException if one of {@link #needs} is not known
   */
  public Outcome judge(Metrics metrics) {
    if (goals.stream().anyMatch(Objective::multiplies) && !(metrics.get(Metric.QUALITY) > 0)) {
      return new Outcome.Failed(
          "its quality is %s: mnas-soft and mnas-hard multiply it with costs, and need one above 0"
              .formatted(metrics.get(Metric.QUALITY)));
    }
    return new Outcome.Scored(
        goals.stream().map(goal -> goal.score(metrics)).toList(),
        limits.stream().mapToDouble(limit -> limit.violation(metrics)).sum());
  }

  /** Whether more of a cost would be a gain, were the quality below 0. */
  private static boolean multiplies(Goal goal) {
    return switch (goal) {
      case Goal.MnasSoft soft -> true;
      case Goal.MnasHard hard -> true;
      case Goal.Optimize optimize -> false;
      case Goal.TunasAbsolute absolute -> false;
    };
  }

  /** The metrics that a candidate's outcome depends on. */
  public Set<Metric> needs() {
    EnumSet<Metric> needs = EnumSet.noneOf(Metric.class);
    for (Goal goal : goals) {
      switch (goal) {
        case Goal.Optimize(Metric metric) -> needs.add(metric);
        case Goal.MnasSoft(List<Goal.Target> costs, double exponent) -> add(needs, costs);
        case Goal.MnasHard(List<Goal.Target> costs, double exponent) -> add(needs, costs);
        case Goal.TunasAbsolute(List<Goal.Target> costs, double weight) -> add(needs, costs);
      }
    }
    limits.forEach(limit -> needs.add(limit.metric()));
    return needs;
  }

  private static void add(Set<Metric> needs, List<Goal.Target> costs) {
    needs.add(Metric.QUALITY);
    costs.forEach(cost -> needs.add(cost.metric()));
  }
}
