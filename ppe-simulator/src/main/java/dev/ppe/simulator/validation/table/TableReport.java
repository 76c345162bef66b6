package dev.ppe.simulator.validation.table;

import java.util.List;

/**
 * A table with its figures.
 *
 * @param rows all that were evaluated, in the order of the data
 * @param summary agreement of each figure, over all rows and group by group
 * @param skipped rows that are not compared
 */
public record TableReport(
    ValidationTable table,
    List<RowReport> rows,
    List<SummaryLine> summary,
    List<SkippedRow> skipped) {
  public TableReport {
    rows = List.copyOf(rows);
    summary = List.copyOf(summary);
    skipped = List.copyOf(skipped);
  }

  /** Whether all targets are met. */
  public boolean met() {
    return summary.stream().flatMap(line -> line.verdicts().stream()).allMatch(Target.Verdict::met);
  }

  /** A table with the figures of these rows. */
  public static TableReport of(
      ValidationTable table, List<EvaluatedRow> evaluated, List<SkippedRow> skipped) {
    return new TableReport(
        table,
        new Comparison(table, evaluated).rows(),
        new Comparison(table, evaluated).summary(),
        skipped);
  }
}
