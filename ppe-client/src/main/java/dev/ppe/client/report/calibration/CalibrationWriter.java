package dev.ppe.client.report.calibration;

import dev.ppe.simulator.calibration.Calibration;

/** Prints a calibration in one form. */
@FunctionalInterface
public interface CalibrationWriter {
  /** Prints all of it. */
  void write(Calibration calibration);
}
