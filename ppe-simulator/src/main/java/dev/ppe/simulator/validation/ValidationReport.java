package dev.ppe.simulator.validation;

import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.table.SkippedRow;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.tier.TierReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All tables with their figures.
 *
 * @param tables in the order in which they were asked for
 * @param leftOut tables that were not run, by id, with the reason
 * @param unclaimed rows of the tables' data sets that no table is about
 * @param findings what the model says of claims, if that was asked for
 * @param tiers how the analytical model agrees with the cycle-level machine, if that was asked
 */
public record ValidationReport(
    List<TableReport> tables,
    Map<String, String> leftOut,
    List<SkippedRow> unclaimed,
    List<Finding> findings,
    Optional<TierReport> tiers) {
  public ValidationReport {
    tables = List.copyOf(tables);
    leftOut = Map.copyOf(leftOut);
    unclaimed = List.copyOf(unclaimed);
    findings = List.copyOf(findings);
  }

  /** This report, and what the model says of claims. */
  public ValidationReport with(List<Finding> examined) {
    return new ValidationReport(tables, leftOut, unclaimed, examined, tiers);
  }

  /** Whether all targets of all tables are met. */
  public boolean met() {
    return tables.stream().allMatch(TableReport::met) && tiers.stream().allMatch(TierReport::met);
  }

  /** With how the tiers agree. */
  public ValidationReport with(TierReport comparison) {
    return new ValidationReport(tables, leftOut, unclaimed, findings, Optional.of(comparison));
  }

  /** Every row that is not compared, once. */
  public List<SkippedRow> skipped() {
    return Stream.concat(
            tables.stream().flatMap(table -> table.skipped().stream()), unclaimed.stream())
        .distinct()
        .toList();
  }
}
