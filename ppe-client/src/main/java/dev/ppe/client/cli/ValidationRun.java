package dev.ppe.client.cli;

import dev.ppe.simulator.validation.Section;
import dev.ppe.simulator.validation.Validation;
import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.claim.Claims;
import dev.ppe.simulator.validation.claim.Finding;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.energy.EnergyChecks;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import dev.ppe.simulator.validation.fit.FitOutcome;
import dev.ppe.simulator.validation.fit.Fits;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.TableReport;
import dev.ppe.simulator.validation.table.ValidationTable;
import dev.ppe.simulator.validation.tier.TierComparison;
import dev.ppe.simulator.validation.tier.TierReport;
import java.util.List;

/**
 * {@code ppe validate}: tables and checks one after the other, a line for each that is there.
 *
 * @param data the measured rows
 * @param subjects their networks
 * @param networks how many the tiers are compared on
 * @param failures told of notes and progress
 */
record ValidationRun(Datasets data, Subjects subjects, int networks, Failures failures) {
  /** What stands beside the tables of measured rows. */
  static final List<String> CHECKS =
      List.of(Fits.ID, Claims.ID, TierComparison.ID, EnergyChecks.ID);

  /**
   * Computes.
   *
   * @param tables of measured rows
   * @param checks some of {@link #CHECKS}
   */
  ValidationReport of(List<ValidationTable> tables, List<String> checks) {
    data.notes().forEach(note -> failures.line("note: " + note));
    ValidationReport report =
        Validation.run(
            tables, data, subjects, table -> failures.line(progress(new Section.Measured(table))));
    for (String check : checks) {
      Section section = examine(check);
      failures.line(progress(section));
      report = report.with(section);
    }
    report
        .leftOut()
        .forEach((table, reason) -> failures.line("%s is left out: %s".formatted(table, reason)));
    return report;
  }

  private Section examine(String check) {
    return switch (check) {
      case Fits.ID -> new Section.Fitted(Validation.fits(Fits.all(), data, subjects));
      case Claims.ID -> new Section.Claimed(Claims.examine());
      case TierComparison.ID -> new Section.Tiers(TierComparison.run(networks));
      case EnergyChecks.ID -> new Section.Energy(EnergyChecks.examine());
      default -> throw new IllegalStateException("no check " + check);
    };
  }

  private static String progress(Section section) {
    return section.id()
        + ": "
        + switch (section) {
          case Section.Measured(TableReport table) ->
              "%d rows%s"
                  .formatted(
                      table.rows().size(),
                      table.skipped().isEmpty()
                          ? ""
                          : ", %d skipped".formatted(table.skipped().size()));
          case Section.Fitted(List<FitOutcome> fits) -> fits.size() + " fits";
          case Section.Claimed(List<Finding> findings) -> findings.size() + " examined";
          case Section.Tiers(TierReport tiers) -> tiers.networks() + " networks";
          case Section.Energy(List<EnergyFinding> findings) -> findings.size() + " checks";
        };
  }
}
