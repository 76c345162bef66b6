package dev.ppe.client.report.validation;

import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.simulator.validation.sensitivity.Assumption;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** For terminals: a table a preset. */
public final class SensitivityText implements SensitivityWriter {
  private static final int LEAST_NAME = 42;

  private final PrintWriter out;
  private final int width;

  /** Prints tables of {@code width} characters, where the figures leave room. */
  public SensitivityText(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(SensitivityReport report) {
    boolean first = true;
    for (OfPreset preset : report.presets()) {
      out.print(first ? "" : "\n");
      first = false;
      out.printf("%s   %s%n%n", SensitivityRows.title(preset), SensitivityRows.subject(preset));
      List<Column> columns = new ArrayList<>(List.of(Column.names("assumption", LEAST_NAME)));
      for (String title : SensitivityRows.titles(preset)) {
        columns.add(title.equals("of") ? Column.left(title).ifRoom() : Column.right(title));
      }
      TextTable table = new TextTable(width, " ", columns);
      SensitivityRows.of(preset).forEach(table::row);
      table.print(out);
      names(" no change: %s%n", preset.unchanging());
      names(" not varied: %s%n", preset.others());
    }
    out.flush();
  }

  private void names(String format, List<Assumption> assumptions) {
    if (!assumptions.isEmpty()) {
      out.printf(format, String.join(", ", SensitivityRows.paths(assumptions)));
    }
  }
}
