package dev.ppe.client.report.validation;

import dev.ppe.client.report.Csv;
import dev.ppe.simulator.validation.sensitivity.Effect;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;

/** For spreadsheets: a record for each other value of each assumption. */
public final class SensitivityCsv implements SensitivityWriter {
  private static final List<String> HEADER =
      List.of(
          "preset",
          "figure",
          "assumption",
          "value",
          "other",
          "mean_change",
          "worst_change",
          "worst_row",
          "mean_error",
          "refused");

  private final PrintWriter out;

  /** Prints to {@code out}. */
  public SensitivityCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(SensitivityReport report) {
    Csv.print(out, HEADER);
    for (OfPreset preset : report.presets()) {
      for (OfAssumption varied : preset.assumptions()) {
        varied.effects().forEach(effect -> write(preset, varied, effect));
      }
    }
    out.flush();
  }

  private void write(OfPreset preset, OfAssumption varied, Effect effect) {
    Csv.print(
        out,
        List.of(
            preset.preset(),
            preset.figure(),
            varied.assumption().path(),
            varied.assumption().value(),
            effect.value(),
            number(effect.meanChange()),
            number(effect.worstChange()),
            effect.worstRow(),
            number(effect.meanError()),
            effect.refused()));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }
}
