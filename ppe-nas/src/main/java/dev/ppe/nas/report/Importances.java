package dev.ppe.nas.report;

import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The importances for every metric that trials have, and for a reward if there is one. */
final class Importances {
  private Importances() {}

  /** Figures that few trials have, or all have the same, or that are huge, are left out. */
  static List<Importance> of(Study study, List<Judged> judged) {
    List<Judged> trials =
        judged.stream()
            .filter(each -> each.scored().isPresent() && each.trial().repeatOf().isEmpty())
            .toList();
    List<List<Integer>> points =
        trials.stream().map(each -> each.trial().point().encoding()).toList();
    List<Parameter> parameters = study.space().space().parameters();
    List<Importance> all = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      add(metric.word(), each -> metric(each.trial(), metric), trials, points, parameters, all);
    }
    List<Goal> goals = study.objective().goals();
    for (int i = 0; i < goals.size(); i++) {
      int goal = i;
      if (!(goals.get(i) instanceof Goal.Optimize)) {
        add(
            Convergence.label(goals.get(i)),
            each -> each.scored().map(scored -> scored.scores().get(goal)),
            trials,
            points,
            parameters,
            all);
      }
    }
    return all;
  }

  private static Optional<Double> metric(Trial trial, Metric metric) {
    return trial.metrics().map(metrics -> metrics.values().get(metric));
  }

  private static void add(
      String label,
      Function<Judged, Optional<Double>> figure,
      List<Judged> trials,
      List<List<Integer>> points,
      List<Parameter> parameters,
      List<Importance> all) {
    List<Double> figures = new ArrayList<>();
    List<List<Integer>> having = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Optional<Double> value = figure.apply(trials.get(i));
      if (value.isPresent()) {
        figures.add(value.get());
        having.add(points.get(i));
      }
    }
    if (figures.size() < Importance.FEWEST_TRIALS || figures.stream().distinct().count() < 2) {
      return;
    }
    int[][] levels = new int[parameters.size()][having.size()];
    for (int trial = 0; trial < having.size(); trial++) {
      List<Integer> point = having.get(trial);
      for (int parameter = 0; parameter < levels.length; parameter++) {
        levels[parameter][trial] = point.get(parameter) + 1; // not in use is a choice, too
      }
    }
    int[] sizes = parameters.stream().mapToInt(parameter -> parameter.size() + 1).toArray();
    double[] values = figures.stream().mapToDouble(Double::doubleValue).toArray();
    Importance importance = Importance.of(label, levels, sizes, values);
    if (importance.isFinite()) {
      all.add(importance);
    }
  }
}
