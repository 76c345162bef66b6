package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.sensitivity.Assumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfAssumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

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
    List<String> titles = SensitivityRows.titles(preset);
    row("assumption", titles);
    row("---", titles.stream().map(title -> title.equals("of") ? "---" : "---:").toList());
    for (List<String> cells : SensitivityRows.of(preset)) {
      row("`" + cells.getFirst() + "`", cells.subList(1, cells.size()));
    }
    out.print("\n");
    if (!preset.unchanging().isEmpty()) {
      out.printf(
          "None of them changes with %s.\n\n",
          SensitivityRows.paths(preset.unchanging()).stream()
              .map(path -> "`" + path + "`")
              .collect(Collectors.joining(", ")));
    }
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
