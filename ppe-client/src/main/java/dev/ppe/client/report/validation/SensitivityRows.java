package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.sensitivity.Assumption;
import dev.ppe.simulator.validation.sensitivity.Effect;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.util.ArrayList;
import java.util.List;

/** What tables of assumptions say: a row for each other value. */
final class SensitivityRows {
  private static final List<String> TITLES =
      List.of("value", "other", "change", "worst", "of", "error");

  private static final int MOST_PARTS = 4;

  private SensitivityRows() {}

  /** What stands over the columns behind the assumption: no error where nothing was measured. */
  static List<String> titles(OfPreset preset) {
    return columns(preset, TITLES);
  }

  /** A row for each other value of each assumption, the assumption first. */
  static List<List<String>> of(OfPreset preset) {
    List<List<String>> rows = new ArrayList<>();
    for (OfAssumption varied : preset.assumptions()) {
      for (Effect effect : varied.effects()) {
        List<String> row = new ArrayList<>(List.of(varied.assumption().path()));
        row.addAll(columns(preset, row(varied.assumption(), effect)));
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> columns(OfPreset preset, List<String> all) {
    return preset.isMeasured() ? all : all.subList(0, all.size() - 1);
  }

  private static List<String> row(Assumption assumption, Effect effect) {
    return List.of(
        shortened(assumption.value()),
        shortened(effect.value()),
        effect.refused().isEmpty() ? Cells.signed(effect.meanChange()) : "impossible",
        Cells.signed(effect.worstChange()),
        effect.worstRow().isEmpty() ? Cells.NONE : effect.worstRow(),
        Cells.percent(effect.meanError()));
  }

  /** Of a long list, the first and how many there are. */
  private static String shortened(String value) {
    String[] parts = value.split(",", -1);
    return parts.length <= MOST_PARTS
        ? value
        : "%s and %d more]".formatted(parts[0], parts.length - 1);
  }

  /** The preset, and the figure where it is not the time. */
  static String title(OfPreset preset) {
    return preset.figure().equals(OfPreset.TIMES)
        ? preset.preset()
        : preset.preset() + ", " + preset.figure();
  }

  /** What the rows are, and how well they agree as they are. */
  static String subject(OfPreset preset) {
    if (!preset.isMeasured()) {
      return "Latency of %s".formatted(String.join(", ", preset.sources()));
    }
    return "%d rows of %s, mean error %s as it is"
        .formatted(
            preset.rows(),
            String.join(" and ", preset.sources()),
            Cells.percent(preset.meanError()));
  }

  /** Names of assumptions. */
  static List<String> paths(List<Assumption> assumptions) {
    return assumptions.stream().map(Assumption::path).toList();
  }
}
