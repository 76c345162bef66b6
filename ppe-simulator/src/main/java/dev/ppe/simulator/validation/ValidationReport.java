package dev.ppe.simulator.validation;

import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.TableReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All tables with their figures.
 *
 * @param tables in the order in which they were asked for
 * @param leftOut tables that were not run, by id, with the reason
 * @param unclaimed rows of the tables' data sets that no table is about
 * @param findings what the model says of claims, if that was asked for
 */
public record ValidationReport(
    List<TableReport> tables,
    Map<String, String> leftOut,
    List<SkippedRow> unclaimed,
    List<Finding> findings) {
  public ValidationReport {
    tables = List.copyOf(tables);
    leftOut = Map.copyOf(leftOut);
    unclaimed = List.copyOf(unclaimed);
    findings = List.copyOf(findings);
  }

  /** This report, and what the model says of claims. */
  public ValidationReport with(List<Finding> examined) {
    return new ValidationReport(tables, leftOut, unclaimed, examined);
  }

  /** Whether all targets of all tables are met. */
  public boolean met() {
    return tables.stream().allMatch(TableReport::met);
  }

  /** Every row that is not compared, once. */
  public List<SkippedRow> skipped() {
    return Stream.concat(
            tables.stream().flatMap(table -> table.skipped().stream()), unclaimed.stream())
        .distinct()
        .toList();
  }
}
