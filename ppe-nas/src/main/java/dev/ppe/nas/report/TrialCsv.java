package dev.ppe.nas.report;

import dev.ppe.client.report.Csv;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.study.Columns;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.Recosted;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.study.Trial.Failed;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A line a trial, with a column for each parameter; numbers to the last digit. */
public record TrialCsv(PrintWriter out) {
  private static final List<Metric> RECOSTED =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.MEMORY);

  /** Writes some trials of a study, under a line with the names of the columns. */
  public void write(Study study, List<Trial> trials) {
    List<String> parameters =
        study.space().space().parameters().stream().map(Parameter::name).toList();
    List<String> header =
        new ArrayList<>(List.of("trial", "state", "repeat_of", "score", "violation"));
    for (Metric metric : Metric.values()) {
      header.add(Columns.of(metric));
    }
    header.add("failure");
    if (study.definition().costs() instanceof CostDefinition.Learned) {
      RECOSTED.forEach(metric -> header.add("recosted_" + Columns.of(metric)));
      header.add("recosted_failure");
    }
    header.addAll(parameters);
    Csv.print(out, header);
    trials.forEach(trial -> Csv.print(out, row(study, trial, parameters)));
    out.flush();
  }

  private static List<String> row(Study study, Trial trial, List<String> parameters) {
    List<String> row = new ArrayList<>();
    row.add(Long.toString(trial.number()));
    row.add(Columns.of(trial.result()));
    row.add(trial.repeatOf().isPresent() ? Long.toString(trial.repeatOf().getAsLong()) : "");
    Optional<Scored> scored = scored(study, trial);
    row.add(
        scored
            .filter(each -> each.scores().size() == 1)
            .map(each -> text(each.score()))
            .orElse(""));
    row.add(scored.map(each -> text(each.violation())).orElse(""));
    Map<Metric, Double> values = trial.metrics().map(Metrics::values).orElse(Map.of());
    for (Metric metric : Metric.values()) {
      Double value = values.get(metric);
      row.add(value == null ? "" : text(value));
    }
    row.add(trial.result() instanceof Failed(String reason) ? reason : "");
    if (study.definition().costs() instanceof CostDefinition.Learned) {
      row.addAll(recosted(Optional.ofNullable(study.recosted().get(trial.number()))));
    }
    Map<String, String> assignment = trial.point().assignment();
    parameters.forEach(name -> row.add(assignment.getOrDefault(name, "")));
    return row;
  }

  private static List<String> recosted(Optional<Recosted> recosted) {
    List<String> fields = new ArrayList<>();
    for (Metric metric : RECOSTED) {
      fields.add(
          recosted.flatMap(Recosted::metrics).map(metrics -> text(metrics.get(metric))).orElse(""));
    }
    fields.add(recosted.flatMap(Recosted::failure).orElse(""));
    return fields;
  }

  private static Optional<Scored> scored(Study study, Trial trial) {
    if (!trial.isDone()) {
      return Optional.empty();
    }
    Outcome outcome = trial.outcome(study.objective());
    return outcome instanceof Scored scored ? Optional.of(scored) : Optional.empty();
  }

  /** Whole numbers without a fraction. */
  private static String text(double value) {
    return value == (long) value && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
