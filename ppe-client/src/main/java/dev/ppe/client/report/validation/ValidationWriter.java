package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.ValidationReport;

/** Prints validation tables in one form. */
@FunctionalInterface
public interface ValidationWriter {
  /** Prints all of them. */
  void write(ValidationReport report);
}
