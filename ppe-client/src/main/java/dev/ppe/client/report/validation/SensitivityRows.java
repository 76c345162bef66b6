package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.sensitivity.Assumption;
import dev.ppe.simulator.validation.sensitivity.Effect;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.util.ArrayList;
import java.util.List;

/** What tables of assumptions say: a row for each other value. */
final class SensitivityRows {
  static final List<String> TITLES = List.of("value", "other", "change", "worst", "of", "error");

  private SensitivityRows() {}

  /** A row for each other value of each assumption, the assumption first. */
  static List<List<String>> of(OfPreset preset) {
    List<List<String>> rows = new ArrayList<>();
    for (OfAssumption varied : preset.assumptions()) {
      for (Effect effect : varied.effects()) {
        rows.add(row(varied.assumption(), effect));
      }
    }
    return rows;
  }

  private static List<String> row(Assumption assumption, Effect effect) {
    return List.of(
        assumption.path(),
        assumption.value(),
        effect.value(),
        effect.refused().isEmpty() ? Cells.signed(effect.meanChange()) : "impossible",
        Cells.signed(effect.worstChange()),
        effect.worstRow().isEmpty() ? Cells.NONE : effect.worstRow(),
        Cells.percent(effect.meanError()));
  }

  /** The preset, and the figure where it is not the time. */
  static String title(OfPreset preset) {
    return preset.figure().equals(OfPreset.TIMES)
        ? preset.preset()
        : preset.preset() + ", " + preset.figure();
  }

  /** What the rows are, and how well they agree as they are. */
  static String subject(OfPreset preset) {
    return "%d rows of %s, mean error %s as it is"
        .formatted(
            preset.rows(),
            String.join(" and ", preset.tables()),
            Cells.percent(preset.meanError()));
  }

  /** Assumptions that are neither numbers nor flags. */
  static String others(OfPreset preset) {
    return String.join(", ", preset.others().stream().map(Assumption::path).toList());
  }
}
