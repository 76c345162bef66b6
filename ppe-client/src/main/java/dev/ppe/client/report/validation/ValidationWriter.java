package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.ValidationReport;
import dev.ppe.simulator.validation.energy.EnergyFinding;
import java.util.List;

/** Prints validation tables in one form. */
public interface ValidationWriter {
  /** Prints all of them. */
  void write(ValidationReport report);

  /** Writes what came out of the checks of energies, behind the report. */
  void energy(List<EnergyFinding> findings);
}
