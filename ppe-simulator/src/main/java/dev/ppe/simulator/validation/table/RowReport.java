package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.statistics.Pair;
import java.util.List;
import java.util.Optional;

/**
 * One row of a table.
 *
 * @param row as measured
 * @param label what people call it
 * @param origin where its network is from
 * @param accelerator the preset
 * @param cells one for each figure of the table; none where the row does not have it
 */
public record RowReport(
    Row row, String label, String origin, String accelerator, List<Optional<Cell>> cells) {
  /**
   * One figure.
   *
   * @param group that the row is in
   * @param pair measured and simulated
   * @param naive what the fit of MACs and bytes to all rows of the table gives
   */
  public record Cell(String group, Pair pair, double naive) {}

  public RowReport {
    cells = List.copyOf(cells);
  }
}
