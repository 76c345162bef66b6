package dev.ppe.client.report;

import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.EnergyParts;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.Cause;
import dev.ppe.v1.EstimateResponse;
import java.io.PrintWriter;
import java.util.List;

/** Several answers side by side, a row each, in the order in which they were asked for. */
final class Comparison {
  private static final List<Column> COLUMNS =
      List.of(
          Column.names("model", 44),
          Column.right("latency"),
          Column.right("energy"),
          Column.right("MACs"),
          Column.right("parameters").ifRoom(),
          Column.right("use"),
          Column.right("on host").ifRoom(),
          Column.left("most of the time"));

  private Comparison() {}

  static void print(PrintWriter out, int width, List<EstimateResponse> responses) {
    TextTable table = new TextTable(width, "", COLUMNS);
    for (EstimateResponse response : responses) {
      Cause largest = Causes.largest(response.getTime());
      long total = Causes.total(response.getTime());
      long cycles = Causes.cycles(response.getTime()).getOrDefault(largest, 0L);
      table.row(
          List.of(
              response.getModelName(),
              Units.TIME.format(response.getLatencyUs()),
              EnergyParts.isCounted(response)
                  ? Units.ENERGY.format(response.getEnergyUj())
                  : "not counted",
              Units.COUNT.format(response.getMacs()),
              Units.COUNT.format(response.getParameters()),
              Units.percent(response.getUtilization()),
              response.getHostOperators() == 0
                  ? "-"
                  : "%d of %d".formatted(response.getHostOperators(), response.getOperators()),
              total == 0
                  ? "-"
                  : Causes.name(largest) + " " + Units.percent((double) cycles / total)));
    }
    table.print(out);
  }
}
