package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.sensitivity.SensitivityReport;

/** Prints how much depends on assumptions, in one form. */
@FunctionalInterface
public interface SensitivityWriter {
  /** Prints all presets. */
  void write(SensitivityReport report);
}
