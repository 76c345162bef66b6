package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.ValidationReport;

/** Prints a validation report in one form. */
@FunctionalInterface
public interface ValidationWriter {
  /** Prints all sections. */
  void write(ValidationReport report);
}
