package dev.ppe.simulator.validation;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.fit.ConstantFit;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.EvaluatedRow;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Evaluates every row of some tables, cycle by cycle, and compares. */
public final class Validation {
  private final Datasets data;
  private final Subjects subjects;

  /** Several tables are about the same rows: each is evaluated once on each preset. */
  private final Map<Question, Outcome> outcomes = new HashMap<>();

  private record Question(Row row, String preset) {}

  private sealed interface Outcome {
    record Evaluated(EvaluatedRow row) implements Outcome {}

    record Skipped(String reason) implements Outcome {}
  }

  private Validation(Datasets data, Subjects subjects) {
    this.data = data;
    this.subjects = subjects;
  }

  /**
   * Runs the tables one after the other.
   *
   * @param progress told of each table when it is there
   */
  public static ValidationReport run(
      List<ValidationTable> tables,
      Datasets data,
      Subjects subjects,
      Consumer<TableReport> progress) {
    Validation validation = new Validation(data, subjects);
    List<TableReport> reports = new ArrayList<>();
    Map<String, String> leftOut = new TreeMap<>();
    for (ValidationTable table : tables) {
      Optional<String> reason = table.leftOut();
      if (reason.isPresent()) {
        leftOut.put(table.id(), reason.get());
      } else {
        TableReport report = validation.report(table);
        progress.accept(report);
        reports.add(report);
      }
    }
    return new ValidationReport(
        reports.stream().<Section>map(Section.Measured::new).toList(),
        leftOut,
        validation.unclaimed(reports));
  }

  /** Fits the presets' fitted constants again; those with too few rows are left out. */
  public static List<FitOutcome> fits(List<ConstantFit> fits, Datasets data, Subjects subjects) {
    Validation validation = new Validation(data, subjects);
    return fits.stream()
        .flatMap(fit -> fit.fit(kind -> validation.evaluated(kind.source())).stream())
        .toList();
  }

  private TableReport report(ValidationTable table) {
    List<SkippedRow> skipped = new ArrayList<>();
    List<EvaluatedRow> evaluated = evaluated(table, skipped);
    return TableReport.of(table, evaluated, skipped);
  }

  private List<EvaluatedRow> evaluated(ValidationTable table) {
    return evaluated(table, new ArrayList<>());
  }

  private List<EvaluatedRow> evaluated(ValidationTable table, List<SkippedRow> skipped) {
    List<EvaluatedRow> evaluated = new ArrayList<>();
    for (Row row : data.of(table.dataset())) {
      if (table.includes(row)) {
        Question question = new Question(row, table.preset(row));
        Outcome outcome = outcomes.get(question);
        if (outcome == null) {
          outcome = answer(table, question);
          outcomes.put(question, outcome);
        }
        switch (outcome) {
          case Outcome.Evaluated(EvaluatedRow answer) -> evaluated.add(answer);
          case Outcome.Skipped(String reason) ->
              skipped.add(new SkippedRow(row.file(), row.line(), table.label(row), reason));
        }
      }
    }
    return evaluated;
  }

  private Outcome answer(ValidationTable table, Question question) {
    Optional<Accelerator> accelerator = Presets.find(question.preset());
    if (accelerator.isEmpty()) {
      return new Outcome.Skipped("there is no preset " + question.preset());
    }
    return switch (table.subject(question.row(), subjects)) {
      case Subject.Absent(String reason) -> new Outcome.Skipped(reason);
      case Subject.Found(Graph graph, String origin) -> {
        try {
          yield new Outcome.Evaluated(
              new EvaluatedRow(
                  question.row(),
                  table.label(question.row()),
                  origin,
                  graph,
                  PerformanceEvaluator.evaluate(
                      graph, accelerator.get(), Fidelity.CYCLE, Interruption.NEVER)));
        } catch (IllegalArgumentException e) { // the compiler has no program for it
          yield new Outcome.Skipped(String.valueOf(e.getMessage()));
        }
      }
    };
  }

  /** Rows of a kind that no table knows, such as another host: they must not vanish unsaid. */
  private List<SkippedRow> unclaimed(List<TableReport> reports) {
    Stream<Dataset> datasets = reports.stream().map(report -> report.table().dataset()).distinct();
    return datasets
        .flatMap(
            dataset ->
                data.of(dataset).stream()
                    .filter(row -> isUnclaimed(dataset, row))
                    .map(
                        row ->
                            new SkippedRow(
                                row.file(),
                                row.line(),
                                row.fields().getOrDefault("model", "row"),
                                "no table is about rows of its kind")))
        .toList();
  }

  private static boolean isUnclaimed(Dataset dataset, Row row) {
    return Tables.all().stream()
        .noneMatch(table -> table.dataset() == dataset && table.includes(row));
  }
}
