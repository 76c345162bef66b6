package dev.ppe.simulator.validation.fit;

import dev.ppe.simulator.validation.table.EvaluatedRow;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.Tables;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.List;

/**
 * Rows that a fit is made to, of a table's first figure.
 *
 * @param table its id
 * @param group of the figure; {@link Quantity#ALL} is every row
 */
public record FitRows(String table, String group) {
  static FitRows of(String table) {
    return new FitRows(table, Quantity.ALL);
  }

  static FitRows of(String table, String group) {
    return new FitRows(table, group);
  }

  /** What people call them. */
  public String title() {
    return table + ": " + quantity().name() + (group.isEmpty() ? "" : ", " + group);
  }

  /** The table. */
  public ValidationTable source() {
    return Tables.find(table).orElseThrow(() -> new IllegalArgumentException("no table " + table));
  }

  Quantity quantity() {
    return source().quantities().getFirst();
  }

  List<EvaluatedRow> of(List<EvaluatedRow> rows) {
    Quantity quantity = quantity();
    return rows.stream()
        .filter(row -> quantity.isIn(row) && quantity.pair(row).measured() > 0)
        .filter(row -> group.isEmpty() || quantity.grouping().apply(row).equals(group))
        .toList();
  }
}
