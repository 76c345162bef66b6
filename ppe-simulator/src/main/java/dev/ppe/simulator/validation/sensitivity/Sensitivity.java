package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.sensitivity.Variation.Outcome;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Varies every assumption of the presets that validation tables are about, one at a time: numbers
 * by half and twice, up to 8 by one, banks down to one, flags the other way. The figures are the
 * tables' times, and bytes of cached parameters and of instructions. Which fields are assumptions
 * is read from the tags in the presets' files.
 */
public final class Sensitivity {
  private final CaseFinder finder;
  private final RelatedEvaluations evaluations;

  /** An assumption and what its other values come to, on all cases of a preset. */
  private record Varied(Assumption assumption, List<Outcome> outcomes) {}

  private Sensitivity(CaseFinder finder, RelatedEvaluations evaluations) {
    this.finder = finder;
    this.evaluations = evaluations;
  }

  /** Whether a table has figures that are costed again. */
  public static boolean isVaried(ValidationTable table) {
    return !Case.quantities(table).isEmpty();
  }

  /**
   * Costs the rows of all tables on all variations of their presets.
   *
   * @param progress told of each figure of each preset when it is there
   */
  public static SensitivityReport of(
      List<ValidationTable> tables, Datasets data, Subjects subjects, Consumer<OfPreset> progress) {
    RelatedEvaluations evaluations = new RelatedEvaluations();
    CaseFinder finder = new CaseFinder(data, subjects, evaluations);
    return new Sensitivity(finder, evaluations).of(tables, progress);
  }

  private SensitivityReport of(List<ValidationTable> tables, Consumer<OfPreset> progress) {
    Map<String, List<ValidationTable>> byPreset = new LinkedHashMap<>();
    for (ValidationTable table : tables) {
      if (isVaried(table) && table.leftOut().isEmpty()) {
        finder
            .presets(table)
            .forEach(p -> byPreset.computeIfAbsent(p, key -> new ArrayList<>()).add(table));
      }
    }
    List<OfPreset> presets = new ArrayList<>();
    byPreset.forEach(
        (preset, about) -> {
          for (OfPreset found : ofPreset(preset, about)) {
            if (!found.assumptions().isEmpty()) {
              progress.accept(found);
              presets.add(found);
            }
          }
        });
    return new SensitivityReport(presets);
  }

  private List<OfPreset> ofPreset(String preset, List<ValidationTable> tables) {
    List<Case> cases = finder.cases(preset, tables);
    AcceleratorDocument document = AcceleratorDocument.preset(preset);
    List<Varied> varied = new ArrayList<>();
    List<Assumption> fixed = new ArrayList<>();
    for (Assumption assumption : Assumption.in(document.yaml())) {
      List<Variation> variations = Variation.of(document, assumption);
      if (variations.isEmpty()) {
        fixed.add(assumption);
      } else {
        varied.add(
            new Varied(
                assumption,
                variations.stream().map(one -> one.outcome(cases, evaluations)).toList()));
      }
    }
    return FigureCases.in(cases).stream()
        .map(figure -> ofFigure(preset, figure, varied, fixed))
        .toList();
  }

  /** Times with all assumptions; bytes with those alone that change some. */
  private static OfPreset ofFigure(
      String preset, FigureCases figure, List<Varied> varied, List<Assumption> fixed) {
    boolean times = figure.figure().equals(OfPreset.TIMES);
    List<OfAssumption> assumptions = new ArrayList<>();
    for (Varied one : varied) {
      List<Effect> effects = one.outcomes().stream().map(figure::effect).toList();
      if (times || effects.stream().anyMatch(Effect::changes)) {
        assumptions.add(new OfAssumption(one.assumption(), effects));
      }
    }
    return new OfPreset(
        preset,
        figure.figure(),
        figure.tables(),
        figure.cases().size(),
        figure.meanError(),
        assumptions,
        times ? fixed : List.of());
  }
}
