package dev.ppe.nas.vizier;

import dev.ppe.foreign.vizier.CompleteTrialRequest;
import dev.ppe.foreign.vizier.Measurement;
import dev.ppe.foreign.vizier.StudySpec.MetricSpec;
import dev.ppe.foreign.vizier.StudySpec.MetricSpec.GoalType;
import dev.ppe.foreign.vizier.StudySpec.MetricSpec.SafetyMetricConfig;
import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.vizier.VizierSettings.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An objective as Vizier has it: a metric for each goal, maximised or, for costs, minimised.
 *
 * @param specs one for each goal, in their order; then the violation of limits, where it is one
 */
record VizierMetrics(List<MetricSpec> specs, int goals, Limits limits) {
  private static final String VIOLATION = "violation";
  private static final int LONGEST_REASON = 500;

  VizierMetrics {
    specs = List.copyOf(specs);
  }

  static VizierMetrics of(Objective objective, Limits limits) {
    List<MetricSpec> specs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Goal goal : objective.goals()) {
      String name = name(goal);
      for (int i = 2; !names.add(name); i++) {
        name = name(goal) + "-" + i;
      }
      specs.add(MetricSpec.newBuilder().setMetricId(name).setGoal(direction(goal)).build());
    }
    boolean safety = limits == Limits.SAFETY && !objective.limits().isEmpty();
    if (safety) {
      specs.add(
          MetricSpec.newBuilder()
              .setMetricId(VIOLATION)
              .setGoal(GoalType.MINIMIZE)
              .setSafetyConfig(SafetyMetricConfig.getDefaultInstance()) // safe at 0
              .build());
    }
    return new VizierMetrics(
        specs, objective.goals().size(), safety ? Limits.SAFETY : Limits.INFEASIBLE);
  }

  private static String name(Goal goal) {
    return switch (goal) {
      case Goal.Optimize(var metric) -> metric.word();
      case Goal.MnasSoft soft -> "mnas-soft";
      case Goal.MnasHard hard -> "mnas-hard";
      case Goal.TunasAbsolute absolute -> "tunas";
    };
  }

  private static GoalType direction(Goal goal) {
    return goal instanceof Goal.Optimize(var metric) && !metric.isGain()
        ? GoalType.MINIMIZE
        : GoalType.MAXIMIZE;
  }

  /** What became of a trial. */
  CompleteTrialRequest completed(String trial, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(String reason) -> infeasible(trial, reason);
      case Outcome.Scored scored when scored.isFeasible() || limits == Limits.SAFETY ->
          CompleteTrialRequest.newBuilder()
              .setName(trial)
              .setFinalMeasurement(measurement(scored))
              .build();
      case Outcome.Scored scored ->
          infeasible(
                  trial,
                  String.format(
                      Locale.ROOT, "over the limits by %.3g %%", 100 * scored.violation()))
              .toBuilder()
              .setFinalMeasurement(measurement(scored))
              .build();
    };
  }

  /** A trial that is not worth to be looked at. */
  static CompleteTrialRequest infeasible(String trial, String reason) {
    return CompleteTrialRequest.newBuilder()
        .setName(trial)
        .setTrialInfeasible(true)
        .setInfeasibleReason(
            reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON))
        .build();
  }

  /** Of our scores more is better; Vizier gets costs as they are. */
  private Measurement measurement(Outcome.Scored scored) {
    Measurement.Builder measurement = Measurement.newBuilder();
    for (int i = 0; i < goals; i++) {
      MetricSpec spec = specs.get(i);
      double score = scored.scores().get(i);
      measurement
          .addMetricsBuilder()
          .setMetricId(spec.getMetricId())
          .setValue(spec.getGoal() == GoalType.MINIMIZE ? -score : score);
    }
    if (limits == Limits.SAFETY) {
      measurement.addMetricsBuilder().setMetricId(VIOLATION).setValue(scored.violation());
    }
    return measurement.build();
  }
}
