package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.sensitivity.Effect.Change;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Varies every assumption of the presets that validation tables are about, one at a time: numbers
 * by half and twice, up to 8 by one, banks down to one, flags the other way. The figure is the
 * tables' time. Which fields are assumptions is read from the tags in the presets' files.
 */
public final class Sensitivity {
  /** Columns of times: tables about other figures are passed over. */
  private static final List<String> TIMES = List.of("latency_ms", "estimated_cycles");

  private static final String BANKS = "pe_memory.banks";

  /** Numbers up to here are varied by 1. */
  private static final int SMALL = 8;

  private final Datasets data;
  private final Subjects subjects;

  /** A row that can be costed, and its figure on the preset as it is. */
  private record Case(String label, Graph graph, Quantity quantity, double measured, double base) {
    Pair pair(double predicted) {
      return new Pair(measured, predicted);
    }
  }

  private Sensitivity(Datasets data, Subjects subjects) {
    this.data = data;
    this.subjects = subjects;
  }

  /** Whether a table's rows have times. */
  public static boolean isAboutTime(ValidationTable table) {
    return TIMES.contains(table.quantities().getFirst().column());
  }

  /**
   * Costs the rows of all tables that are about time, on all variations of their presets.
   *
   * @param progress told of each preset when it is there
   */
  public static SensitivityReport of(
      List<ValidationTable> tables, Datasets data, Subjects subjects, Consumer<OfPreset> progress) {
    Sensitivity sensitivity = new Sensitivity(data, subjects);
    Map<String, List<ValidationTable>> byPreset = new LinkedHashMap<>();
    for (ValidationTable table : tables) {
      if (isAboutTime(table) && table.leftOut().isEmpty()) {
        sensitivity
            .presets(table)
            .forEach(p -> byPreset.computeIfAbsent(p, key -> new ArrayList<>()).add(table));
      }
    }
    List<OfPreset> presets = new ArrayList<>();
    byPreset.forEach(
        (preset, about) -> {
          OfPreset found = sensitivity.ofPreset(preset, about);
          if (!found.assumptions().isEmpty()) {
            progress.accept(found);
            presets.add(found);
          }
        });
    return new SensitivityReport(presets);
  }

  private Stream<String> presets(ValidationTable table) {
    return data.of(table.dataset()).stream()
        .filter(table::includes)
        .map(table::preset)
        .filter(preset -> Presets.find(preset).isPresent())
        .distinct();
  }

  private OfPreset ofPreset(String preset, List<ValidationTable> tables) {
    List<Case> cases = new ArrayList<>();
    for (ValidationTable table : tables) {
      for (Row row : data.of(table.dataset())) {
        Quantity quantity = table.quantities().getFirst();
        if (table.includes(row) && table.preset(row).equals(preset) && row.has(quantity.column())) {
          add(table, row, quantity, Presets.get(preset), cases);
        }
      }
    }
    List<OfAssumption> varied = new ArrayList<>();
    List<Assumption> others = new ArrayList<>();
    for (Assumption assumption : Assumption.in(AcceleratorDocument.preset(preset).yaml())) {
      List<Effect> effects = effects(preset, assumption, cases);
      if (effects.isEmpty()) {
        others.add(assumption);
      } else {
        varied.add(new OfAssumption(assumption, effects));
      }
    }
    return new OfPreset(
        preset,
        tables.stream().map(ValidationTable::id).toList(),
        cases.size(),
        meanError(cases, cases.stream().map(Case::base).toList()),
        varied,
        others);
  }

  /** Rows without a network, and those that the compiler has no program for, are no cases. */
  private void add(
      ValidationTable table,
      Row row,
      Quantity quantity,
      Accelerator accelerator,
      List<Case> cases) {
    if (table.subject(row, subjects) instanceof Subject.Found(Graph graph, String origin)) {
      try {
        double base = figure(quantity, graph, accelerator);
        double measured = row.number(quantity.column());
        cases.add(new Case(table.label(row), graph, quantity, measured, base));
      } catch (IllegalArgumentException e) {
        return; // as the tables do, which say so
      }
    }
  }

  private static List<Effect> effects(String preset, Assumption assumption, List<Case> cases) {
    AcceleratorDocument document = AcceleratorDocument.preset(preset);
    String path = assumption.path();
    if (assumption.isFlag()) {
      boolean other = !Boolean.parseBoolean(assumption.value());
      return List.of(
          effect(Boolean.toString(other), () -> document.with(path, other).accelerator(), cases));
    }
    long number = assumption.isNumber() ? document.number(path).orElseThrow() : 0;
    List<Effect> effects = new ArrayList<>();
    for (long value : others(path, number)) {
      effects.add(
          effect(Long.toString(value), () -> document.with(path, value).accelerator(), cases));
    }
    return effects;
  }

  /**
   * Half and twice; of small numbers one less and one more, but of banks one and twice as many;
   * none for 0.
   */
  private static long[] others(String path, long number) {
    if (number == 0) {
      return new long[0];
    }
    if (path.equals(BANKS)) {
      return new long[] {1, 2 * number};
    }
    return number <= SMALL
        ? new long[] {number - 1, number + 1}
        : new long[] {number / 2, 2 * number};
  }

  /** A preset with another value. */
  @FunctionalInterface
  private interface Variation {
    Accelerator accelerator();
  }

  private static Effect effect(String value, Variation variation, List<Case> cases) {
    try {
      Accelerator accelerator = variation.accelerator();
      List<Change> changes = new ArrayList<>();
      List<Double> predicted = new ArrayList<>();
      for (Case row : cases) {
        double figure = figure(row.quantity(), row.graph(), accelerator);
        predicted.add(figure);
        changes.add(new Change(row.label(), row.base() == 0 ? 0 : figure / row.base() - 1));
      }
      return Effect.of(value, changes, meanError(cases, predicted));
    } catch (IllegalArgumentException e) { // out of the field's range, or no program fits
      return Effect.refused(value, String.valueOf(e.getMessage()));
    }
  }

  private static OptionalDouble meanError(List<Case> cases, List<Double> predicted) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      pairs.add(cases.get(i).pair(predicted.get(i)));
    }
    return new Agreement(pairs).meanError();
  }

  private static double figure(Quantity quantity, Graph graph, Accelerator accelerator) {
    return quantity
        .model()
        .applyAsDouble(
            PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER));
  }
}
