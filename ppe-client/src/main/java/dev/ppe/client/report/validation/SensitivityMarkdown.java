package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.sensitivity.Assumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.io.PrintWriter;
import java.util.List;

/** As the document: {@code docs/sensitivity.md} is nothing else. */
public final class SensitivityMarkdown implements SensitivityWriter {
  private final PrintWriter out;

  /** Prints to {@code out}, with plain line feeds. */
  public SensitivityMarkdown(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(SensitivityReport report) {
    out.print(MarkdownPage.text("sensitivity.md") + "\n");
    report.presets().forEach(this::section);
    out.flush();
  }

  private void section(OfPreset preset) {
    out.printf(
        "\n## %s\n\n%s.\n\n", SensitivityRows.title(preset), SensitivityRows.subject(preset));
    row("assumption", SensitivityRows.TITLES);
    row("---", List.of("---:", "---:", "---:", "---:", "---", "---:"));
    for (List<String> cells : SensitivityRows.of(preset)) {
      row("`" + cells.getFirst() + "`", cells.subList(1, cells.size()));
    }
    out.print("\n");
    for (OfAssumption varied : preset.assumptions()) {
      reason(varied.assumption(), "");
    }
    for (Assumption other : preset.others()) {
      reason(other, " (not varied)");
    }
  }

  /** What the preset's file says of it. */
  private void reason(Assumption assumption, String note) {
    if (!assumption.comment().isEmpty()) {
      out.printf("* `%s`%s: %s\n", assumption.path(), note, assumption.comment());
    }
  }

  private void row(String first, List<String> cells) {
    out.print("| " + first + " | " + String.join(" | ", cells) + " |\n");
  }
}
