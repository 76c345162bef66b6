package dev.ppe.nas.study;

import dev.ppe.nas.backend.Fitness;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which trials of a study are worth looking at. Trials that repeat others are not among them. */
public final class Ranking {
  private Ranking() {}

  /**
   * The best ones for an objective with one goal, best first, of equals the older one; those that
   * failed are not among them.
   *
   * @throws IllegalArgumentException if there are several goals
   */
  public static List<Trial> best(Study study, int count) {
    Objective objective = study.objective();
    if (objective.goals().size() > 1) {
      throw new IllegalArgumentException(
          "there are %d goals: no trial is the best of all".formatted(objective.goals().size()));
    }
    return candidates(study)
        .filter(trial -> trial.outcome(objective) instanceof Scored)
        .sorted(
            Comparator.comparing((Trial trial) -> trial.outcome(objective), Fitness.ORDER)
                .reversed()
                .thenComparingLong(Trial::number))
        .limit(count)
        .toList();
  }

  /**
   * The Pareto front of those that keep the limits, in the metrics that the objective reads: no
   * other trial is nowhere worse and somewhere better. In the order of the first of those metrics.
   */
  public static List<Trial> front(Study study) {
    Set<Metric> axes = study.objective().needs();
    List<Trial> front = new ArrayList<>();
    candidates(study)
        .filter(trial -> isFeasible(trial.outcome(study.objective())))
        .forEach(trial -> insert(front, trial, axes));
    Metric first = axes.iterator().next();
    front.sort(
        Comparator.comparingDouble((Trial trial) -> cost(trial, first))
            .thenComparingLong(Trial::number));
    return front;
  }

  /** Whether a candidate keeps all limits. */
  public static boolean isFeasible(Outcome outcome) {
    return outcome instanceof Scored scored && scored.isFeasible();
  }

  private static Stream<Trial> candidates(Study study) {
    return study.trials().stream().filter(trial -> trial.isDone() && trial.repeatOf().isEmpty());
  }

  private static void insert(List<Trial> front, Trial trial, Set<Metric> axes) {
    if (front.stream().noneMatch(other -> dominates(other, trial, axes))) {
      front.removeIf(other -> dominates(trial, other, axes));
      front.add(trial);
    }
  }

  private static boolean dominates(Trial one, Trial other, Set<Metric> axes) {
    boolean better = false;
    for (Metric axis : axes) {
      int order = Double.compare(cost(one, axis), cost(other, axis));
      if (order > 0) {
        return false;
      }
      better |= order < 0;
    }
    return better;
  }

  /** Less is better. */
  private static double cost(Trial trial, Metric metric) {
    double value = trial.metrics().orElseThrow().get(metric);
    return metric.isGain() ? -value : value;
  }
}
