package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Varies every assumption of the presets that validation tables are about, one at a time: numbers
 * by half and twice, up to 8 by one, banks down to one, flags the other way. The figures are the
 * tables' times, and bytes of cached parameters and of instructions. Which fields are assumptions
 * is read from the tags in the presets' files.
 */
public final class Sensitivity {
  /** Columns of times. */
  private static final List<String> TIMES = List.of("latency_ms", "estimated_cycles");

  /** Columns of bytes that a compiler decides on. */
  private static final List<String> BYTES =
      List.of("onchip_params_mib", "params_cached_on_chip_bytes", "instruction_bytes");

  private static final String BANKS = "pe_memory.banks";
  private static final String UPSAMPLING = "placement.max_upsampling";

  /** Nothing is made larger; or maps of vectors, too. */
  private static final long[] OTHER_UPSAMPLINGS = {1, 64};

  /** Numbers up to here are varied by 1. */
  private static final int SMALL = 8;

  private final Datasets data;
  private final Subjects subjects;

  /** A network is built once, however many tables are about it. */
  private final Map<Row, Subject> networks = new HashMap<>();

  /** A row that can be costed, and its figure on the preset as it is. */
  private record Case(
      ValidationTable table,
      String label,
      Graph graph,
      Quantity quantity,
      double measured,
      double base) {
    Pair pair(double predicted) {
      return new Pair(measured, predicted);
    }

    /** All times of a preset are one figure. */
    String figure() {
      return TIMES.contains(quantity.column()) ? OfPreset.TIMES : quantity.name();
    }
  }

  /** An assumption and what its other values come to, on all cases of a preset. */
  private record Varied(Assumption assumption, List<Other> others) {}

  /** Another value: figures of the cases in order, or why there are none. */
  private record Other(String value, List<Double> figures, String refused) {}

  private Sensitivity(Datasets data, Subjects subjects) {
    this.data = data;
    this.subjects = subjects;
  }

  /** Whether a table has figures that are costed again. */
  public static boolean isVaried(ValidationTable table) {
    return table.quantities().stream().anyMatch(Sensitivity::isVaried);
  }

  private static boolean isVaried(Quantity quantity) {
    return TIMES.contains(quantity.column()) || BYTES.contains(quantity.column());
  }

  /**
   * Costs the rows of all tables on all variations of their presets.
   *
   * @param progress told of each figure of each preset when it is there
   */
  public static SensitivityReport of(
      List<ValidationTable> tables, Datasets data, Subjects subjects, Consumer<OfPreset> progress) {
    Sensitivity sensitivity = new Sensitivity(data, subjects);
    Map<String, List<ValidationTable>> byPreset = new LinkedHashMap<>();
    for (ValidationTable table : tables) {
      if (isVaried(table) && table.leftOut().isEmpty()) {
        sensitivity
            .presets(table)
            .forEach(p -> byPreset.computeIfAbsent(p, key -> new ArrayList<>()).add(table));
      }
    }
    List<OfPreset> presets = new ArrayList<>();
    byPreset.forEach(
        (preset, about) -> {
          for (OfPreset found : sensitivity.ofPreset(preset, about)) {
            if (!found.assumptions().isEmpty()) {
              progress.accept(found);
              presets.add(found);
            }
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

  private List<OfPreset> ofPreset(String preset, List<ValidationTable> tables) {
    List<Case> cases = cases(preset, tables);
    List<Assumption> assumptions = Assumption.in(AcceleratorDocument.preset(preset).yaml());
    List<Varied> varied = new ArrayList<>();
    for (Assumption assumption : assumptions) {
      List<Other> others = others(preset, assumption, cases);
      if (!others.isEmpty()) {
        varied.add(new Varied(assumption, others));
      }
    }
    List<Assumption> fixed =
        assumptions.stream()
            .filter(one -> varied.stream().noneMatch(other -> other.assumption().equals(one)))
            .toList();
    return cases.stream()
        .map(Case::figure)
        .distinct()
        .map(figure -> ofFigure(preset, figure, cases, varied, fixed))
        .toList();
  }

  /** Times with all assumptions; bytes with those alone that change some. */
  private static OfPreset ofFigure(
      String preset, String figure, List<Case> cases, List<Varied> varied, List<Assumption> fixed) {
    List<Integer> rows =
        IntStream.range(0, cases.size())
            .filter(i -> cases.get(i).figure().equals(figure))
            .boxed()
            .toList();
    List<Case> own = rows.stream().map(cases::get).toList();
    boolean times = figure.equals(OfPreset.TIMES);
    List<OfAssumption> assumptions = new ArrayList<>();
    for (Varied one : varied) {
      List<Effect> effects = one.others().stream().map(other -> effect(other, own, rows)).toList();
      if (times || effects.stream().anyMatch(Effect::changes)) {
        assumptions.add(new OfAssumption(one.assumption(), effects));
      }
    }
    return new OfPreset(
        preset,
        figure,
        own.stream().map(one -> one.table().id()).distinct().toList(),
        own.size(),
        meanError(own, own.stream().map(Case::base).toList()),
        assumptions,
        times ? fixed : List.of());
  }

  private List<Case> cases(String preset, List<ValidationTable> tables) {
    Accelerator accelerator = Presets.get(preset);
    IdentityHashMap<Graph, Evaluation> known = new IdentityHashMap<>();
    List<Case> cases = new ArrayList<>();
    for (ValidationTable table : tables) {
      for (Quantity quantity : table.quantities().stream().filter(Sensitivity::isVaried).toList()) {
        for (Row row : data.of(table.dataset())) {
          if (table.includes(row)
              && table.preset(row).equals(preset)
              && row.has(quantity.column())) {
            add(table, row, quantity, accelerator, known, cases);
          }
        }
      }
    }
    return cases;
  }

  /** Rows without a network, and those that the compiler has no program for, are no cases. */
  private void add(
      ValidationTable table,
      Row row,
      Quantity quantity,
      Accelerator accelerator,
      IdentityHashMap<Graph, Evaluation> known,
      List<Case> cases) {
    Subject subject = networks.get(row);
    if (subject == null) {
      subject = table.subject(row, subjects);
      networks.put(row, subject);
    }
    if (subject instanceof Subject.Found(Graph graph, String origin)) {
      try {
        double base = figure(quantity, graph, accelerator, known);
        double measured = row.number(quantity.column());
        cases.add(new Case(table, table.label(row), graph, quantity, measured, base));
      } catch (IllegalArgumentException e) {
        return; // as the tables do, which say so
      }
    }
  }

  private static List<Other> others(String preset, Assumption assumption, List<Case> cases) {
    AcceleratorDocument document = AcceleratorDocument.preset(preset);
    String path = assumption.path();
    if (assumption.isFlag()) {
      boolean other = !Boolean.parseBoolean(assumption.value());
      return List.of(
          other(Boolean.toString(other), () -> document.with(path, other).accelerator(), cases));
    }
    long number = assumption.isNumber() ? document.number(path).orElseThrow() : 0;
    List<Other> others = new ArrayList<>();
    for (long value : values(path, number)) {
      others.add(
          other(Long.toString(value), () -> document.with(path, value).accelerator(), cases));
    }
    return others;
  }

  /**
   * Half and twice; of small numbers one less and one more, but of banks one and twice as many;
   * none for 0.
   */
  private static long[] values(String path, long number) {
    if (number == 0) {
      return new long[0];
    }
    if (path.equals(BANKS)) {
      return new long[] {1, 2 * number};
    }
    if (path.equals(UPSAMPLING)) {
      return OTHER_UPSAMPLINGS.clone();
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

  private static Other other(String value, Variation variation, List<Case> cases) {
    try {
      Accelerator accelerator = variation.accelerator();
      IdentityHashMap<Graph, Evaluation> known = new IdentityHashMap<>();
      List<Double> figures =
          cases.stream()
              .map(row -> figure(row.quantity(), row.graph(), accelerator, known))
              .toList();
      return new Other(value, figures, "");
    } catch (IllegalArgumentException e) { // out of the field's range, or no program fits
      return new Other(value, List.of(), String.valueOf(e.getMessage()));
    }
  }

  private static Effect effect(Other other, List<Case> own, List<Integer> rows) {
    if (!other.refused().isEmpty()) {
      return Effect.refused(other.value(), other.refused());
    }
    List<Double> figures = rows.stream().map(other.figures()::get).toList();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Case row = own.get(i);
      changes.add(new Change(row.label(), row.base() == 0 ? 0 : figures.get(i) / row.base() - 1));
    }
    return Effect.of(other.value(), changes, meanError(own, figures));
  }

  private static OptionalDouble meanError(List<Case> cases, List<Double> predicted) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      pairs.add(cases.get(i).pair(predicted.get(i)));
    }
    return new Agreement(pairs).meanError();
  }

  private static double figure(
      Quantity quantity,
      Graph graph,
      Accelerator accelerator,
      IdentityHashMap<Graph, Evaluation> known) {
    return quantity
        .model()
        .applyAsDouble(
            known.computeIfAbsent(
                graph,
                network ->
                    PerformanceEvaluator.evaluate(
                        network, accelerator, Fidelity.CYCLE, Interruption.NEVER)));
  }
}
