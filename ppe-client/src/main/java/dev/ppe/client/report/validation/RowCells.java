package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.RowReport;
import dev.ppe.simulator.validation.table.TableReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a table, the same in every form for people. */
final class RowCells {
  /** The title of the columns that matter least. */
  static final String NAIVE = "naive";

  private RowCells() {}

  /** Titles of {@link #of}, without that of the row's name. */
  static List<String> titles(TableReport report) {
    List<String> titles = new ArrayList<>();
    for (Quantity quantity : report.table().quantities()) {
      titles.addAll(List.of(quantity.name(), "model", "error", NAIVE));
    }
    return titles;
  }

  static List<String> of(TableReport report, RowReport row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      Quantity quantity = report.table().quantities().get(i);
      Optional<RowReport.Cell> cell = row.cells().get(i);
      if (cell.isPresent()) {
        Pair pair = cell.get().pair();
        cells.add(Cells.value(quantity, pair.measured()));
        cells.add(Cells.value(quantity, pair.predicted()));
        cells.add(Cells.error(pair));
        cells.add(Cells.error(new Pair(pair.measured(), cell.get().naive())));
      } else {
        cells.addAll(List.of("", "", "", ""));
      }
    }
    return cells;
  }
}
