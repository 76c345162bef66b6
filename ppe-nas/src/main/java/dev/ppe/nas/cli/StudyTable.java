package dev.ppe.nas.cli;

import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.FailureCount;
import dev.ppe.nas.study.Ranking;
import dev.ppe.nas.study.Recosted;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.StudyDefinition;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.report.answer.Units;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A study for people: what it is, how far it is, and some trials. */
record StudyTable(PrintWriter out, int width) implements StudyWriter {
  /** What the service says of winners whose costs were predicted. */
  private static final List<Metric> RECOSTED = List.of(Metric.LATENCY, Metric.ENERGY);

  @Override
  public void write(Study study, Selection selection) {
    head(study);
    out.println();
    out.println(" " + selection.title() + (selection.trials().isEmpty() ? ": none" : ""));
    if (selection.whole()) {
      selection.trials().forEach(trial -> whole(study, trial));
    } else if (!selection.trials().isEmpty()) {
      rows(study, selection.trials());
    }
    out.flush();
  }

  private void head(Study study) {
    StudyDefinition definition = study.definition();
    out.printf(
        "%s   %s on %s, %s level, simulator %s%n",
        study.name(),
        study.space().name(),
        definition.accelerator().getName(),
        definition.fidelityWord(),
        simulators(study));
    out.printf(
        " search     %s%s in batches of %d, seed %d%n",
        definition.backend().word(),
        definition.settings().isEmpty() ? "" : " " + definition.settings(),
        definition.batch(),
        definition.seed());
    out.printf(" objective  %s%n", definition.objective());
    out.printf(" quality    %s%n", definition.quality().label());
    if (isPredicted(study)) {
      out.printf(" costs      %s%n", definition.costs().label());
    }
    List<Trial> done = study.done();
    long failed = done.stream().filter(trial -> trial.result() instanceof Failed).count();
    long repeats = done.stream().filter(trial -> trial.repeatOf().isPresent()).count();
    long feasible =
        done.stream().filter(trial -> Ranking.isFeasible(trial.outcome(study.objective()))).count();
    out.printf(
        " trials     %d of %d: %d failed, %d repeat others%s%n",
        done.size(),
        study.limit(),
        failed,
        repeats,
        study.objective().limits().isEmpty() ? "" : ", " + feasible + " keep the limits");
    FailureCount.mostFrequent(study)
        .ifPresent(each -> out.printf(" failures   %d failed: %s%n", failed, each));
  }

  /** Whether figures of trials are a model's, and the service was asked for the winners alone. */
  private static boolean isPredicted(Study study) {
    return study.definition().costs() instanceof CostDefinition.Learned;
  }

  private static String simulators(Study study) {
    if (isPredicted(study)) {
      return study.recosted().values().stream()
          .map(Recosted::simulator)
          .distinct()
          .collect(Collectors.joining(", "));
    }
    return study.simulators().isEmpty()
        ? "not known yet"
        : study.simulators().entrySet().stream()
            .map(
                entry ->
                    entry.getKey() == 0
                        ? entry.getValue()
                        : "%s from trial %d on".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private void rows(Study study, List<Trial> trials) {
    List<Metric> metrics = List.of(Metric.values());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.names("trial", 5));
    columns.add(Column.right("score"));
    metrics.forEach(metric -> columns.add(Column.right(metric.word())));
    List<Metric> asked = isPredicted(study) ? RECOSTED : List.of();
    asked.forEach(metric -> columns.add(Column.right("re-costed " + metric.word())));
    columns.add(Column.left(""));
    TextTable table = new TextTable(width, " ", columns);
    for (Trial trial : trials) {
      List<String> row = new ArrayList<>();
      row.add(Long.toString(trial.number()));
      row.add(score(study, trial));
      Map<Metric, Double> values = trial.metrics().map(Metrics::values).orElse(Map.of());
      metrics.forEach(
          metric -> {
            Double value = values.get(metric);
            row.add(value == null ? "" : figure(metric, value));
          });
      asked.forEach(metric -> row.add(recosted(study, trial, metric)));
      row.add(remarks(study, trial));
      table.row(row);
    }
    table.print(out);
  }

  private static String recosted(Study study, Trial trial, Metric metric) {
    Recosted recosted = study.recosted().get(trial.number());
    return recosted == null
        ? ""
        : switch (recosted.result()) {
          case Trial.Evaluated(Metrics metrics) -> figure(metric, metrics.get(metric));
          case Failed failed -> "failed";
          case Trial.Suggested suggested -> "";
        };
  }

  private void whole(Study study, Trial trial) {
    out.printf("  %-18s %s%n", "outcome", outcome(study, trial));
    trial
        .metrics()
        .ifPresent(
            metrics ->
                metrics
                    .values()
                    .forEach(
                        (metric, value) ->
                            out.printf("  %-18s %s%n", metric.word(), figure(metric, value))));
    Recosted recosted = study.recosted().get(trial.number());
    if (recosted != null) {
      out.printf("  %-18s %s%n", "re-costed", outcome(study, recosted.applied(trial)));
      RECOSTED.forEach(
          metric ->
              out.printf("  %-18s %s%n", "  " + metric.word(), recosted(study, trial, metric)));
    }
    out.println();
    Map<String, String> assignment = trial.point().assignment();
    int longest = assignment.keySet().stream().mapToInt(String::length).max().orElse(0);
    assignment.forEach((name, value) -> out.printf("  %-" + longest + "s  %s%n", name, value));
  }

  private static String outcome(Study study, Trial trial) {
    return switch (trial.result()) {
      case Trial.Suggested suggested -> "not evaluated yet";
      case Failed(String reason) -> "failed: " + reason;
      case Trial.Evaluated evaluated ->
          "score %s%s"
              .formatted(score(study, trial), ", " + remark(study, trial))
              .replaceAll(", $", "");
    };
  }

  private static String score(Study study, Trial trial) {
    if (!trial.isDone()) {
      return "";
    }
    Outcome outcome = trial.outcome(study.objective());
    return outcome instanceof Scored scored && scored.scores().size() == 1
        ? String.format(Locale.ROOT, "%.5g", scored.score())
        : "";
  }

  /** By its own figures, and by the service's where those differ. */
  private static String remarks(Study study, Trial trial) {
    String own = remark(study, trial);
    Recosted recosted = study.recosted().get(trial.number());
    if (recosted == null) {
      return own;
    }
    String service = remark(study, recosted.applied(trial));
    return service.equals(own)
        ? own
        : "%s, re-costed: %s"
            .formatted(own, service.isEmpty() ? "within the limits" : service)
            .replaceAll("^, ", "");
  }

  private static String remark(Study study, Trial trial) {
    if (!trial.isDone()) {
      return "suggested";
    }
    String repeats = trial.repeatOf().isPresent() ? "as trial " + trial.repeatOf().getAsLong() : "";
    return switch (trial.outcome(study.objective())) {
      case Outcome.Failed failed -> "failed";
      case Scored scored when !scored.isFeasible() ->
          "%s over the limits".formatted(Units.percent(scored.violation()));
      case Scored scored -> repeats;
    };
  }

  /** A figure with its unit. */
  static String figure(Metric metric, double value) {
    return switch (metric) {
      case LATENCY -> Units.TIME.format(value);
      case ENERGY -> Units.ENERGY.format(value);
      case MEMORY, MODEL_SIZE -> Units.BYTES.format(value);
      case MACS, PARAMETERS -> Units.COUNT.format(value).strip();
      case QUALITY -> String.format(Locale.ROOT, "%.5g", value);
    };
  }
}
