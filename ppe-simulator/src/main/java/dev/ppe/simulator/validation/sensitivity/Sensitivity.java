package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.sensitivity.Variation.Outcome;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Varies every assumption of the presets, one at a time, to the values that {@link OtherValues}
 * has. The figures are times of the validation tables, and bytes of cached parameters and of
 * instructions; and of every preset the latencies of networks of the zoo, as most assumptions of
 * most presets no measured row says anything of. Which fields are assumptions is read from the tags
 * in the files of presets and of DRAM parts.
 */
public final class Sensitivity {
  private final CaseFinder finder;
  private final RelatedEvaluations evaluations;
  private final Consumer<OfPreset> progress;

  /** An assumption and what its other values come to, on all cases of a preset. */
  private record Varied(Assumption assumption, List<Outcome> outcomes) {}

  /** All assumptions of a preset: those with other values, and those without. */
  private record AllVaried(List<Varied> varied, List<Assumption> fixed) {}

  private Sensitivity(
      CaseFinder finder, RelatedEvaluations evaluations, Consumer<OfPreset> progress) {
    this.finder = finder;
    this.evaluations = evaluations;
    this.progress = progress;
  }

  /** Whether a table has figures that are costed again. */
  public static boolean isVaried(ValidationTable table) {
    return !Case.quantities(table).isEmpty();
  }

  /**
   * Costs the rows of tables on all variations of their presets.
   *
   * @param networks presets that the zoo's networks are costed on, on all variations
   * @param progress told of each figure of each preset when it is there
   */
  public static SensitivityReport of(
      List<ValidationTable> tables,
      Datasets data,
      Subjects subjects,
      List<String> networks,
      Consumer<OfPreset> progress) {
    RelatedEvaluations evaluations = new RelatedEvaluations();
    CaseFinder finder = new CaseFinder(data, subjects, evaluations);
    return new Sensitivity(finder, evaluations, progress).of(tables, networks);
  }

  private SensitivityReport of(List<ValidationTable> tables, List<String> networks) {
    Map<String, List<ValidationTable>> byPreset = new LinkedHashMap<>();
    for (ValidationTable table : tables) {
      if (isVaried(table) && table.leftOut().isEmpty()) {
        finder
            .presets(table)
            .forEach(p -> byPreset.computeIfAbsent(p, key -> new ArrayList<>()).add(table));
      }
    }
    List<OfPreset> presets = new ArrayList<>();
    byPreset.forEach((preset, about) -> add(ofTables(preset, about), presets));
    if (!networks.isEmpty()) {
      ZooCases zoo = new ZooCases(evaluations);
      for (String preset : networks) {
        add(List.of(ofNetworks(preset, zoo, moving(preset, presets))), presets);
      }
    }
    return new SensitivityReport(presets);
  }

  private void add(List<OfPreset> found, List<OfPreset> presets) {
    for (OfPreset one : found) {
      if (!one.assumptions().isEmpty()) {
        progress.accept(one);
        presets.add(one);
      }
    }
  }

  private AllVaried vary(String preset, List<Case> cases, Set<Assumption> without) {
    PresetDescription description = PresetDescription.of(preset);
    List<Varied> varied = new ArrayList<>();
    List<Assumption> fixed = new ArrayList<>();
    for (Assumption assumption : description.assumptions()) {
      List<Variation> variations = description.variations(assumption);
      if (variations.isEmpty()) {
        fixed.add(assumption);
      } else if (!without.contains(assumption)) {
        varied.add(
            new Varied(
                assumption,
                variations.stream().map(one -> one.outcome(cases, evaluations)).toList()));
      }
    }
    return new AllVaried(varied, fixed);
  }

  /** Times with all assumptions; bytes with those alone that change some. */
  private List<OfPreset> ofTables(String preset, List<ValidationTable> tables) {
    List<Case> cases = finder.cases(preset, tables);
    AllVaried all = vary(preset, cases, Set.of());
    return FigureCases.in(cases).stream()
        .map(
            figure -> {
              boolean times = figure.figure().equals(OfPreset.TIMES);
              List<OfAssumption> effects = effects(figure, all.varied());
              return report(
                  preset,
                  figure,
                  times ? effects : effects.stream().filter(OfAssumption::changes).toList(),
                  List.of(),
                  times ? all.fixed() : List.of());
            })
        .toList();
  }

  /** Those assumptions that no measured row says anything of. */
  private OfPreset ofNetworks(String preset, ZooCases zoo, Set<Assumption> measured) {
    List<Case> cases = zoo.on(preset);
    AllVaried all = vary(preset, cases, measured);
    FigureCases figure = FigureCases.in(cases).getFirst();
    List<OfAssumption> effects = effects(figure, all.varied());
    return report(
        preset,
        figure,
        effects.stream().filter(one -> !one.isUnchanging()).toList(),
        effects.stream().filter(OfAssumption::isUnchanging).map(OfAssumption::assumption).toList(),
        all.fixed());
  }

  /** The assumptions of a preset that change a measured time. */
  private static Set<Assumption> moving(String preset, List<OfPreset> found) {
    Set<Assumption> moving = new HashSet<>();
    for (OfPreset one : found) {
      if (one.preset().equals(preset) && one.figure().equals(OfPreset.TIMES)) {
        one.assumptions().stream()
            .filter(OfAssumption::changes)
            .forEach(varied -> moving.add(varied.assumption()));
      }
    }
    return moving;
  }

  private static List<OfAssumption> effects(FigureCases figure, List<Varied> varied) {
    return varied.stream()
        .map(
            one ->
                new OfAssumption(
                    one.assumption(), one.outcomes().stream().map(figure::effect).toList()))
        .toList();
  }

  private static OfPreset report(
      String preset,
      FigureCases figure,
      List<OfAssumption> assumptions,
      List<Assumption> unchanging,
      List<Assumption> fixed) {
    return new OfPreset(
        preset,
        figure.figure(),
        figure.sources(),
        figure.cases().size(),
        figure.meanError(),
        assumptions,
        unchanging,
        fixed);
  }
}
