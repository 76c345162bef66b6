package dev.ppe.client.report.calibration;

import dev.ppe.simulator.calibration.Calibration;
import java.util.List;

/** Prints calibrations in one form. */
@FunctionalInterface
public interface CalibrationWriter {
  /** Prints all of each, in their order. */
  void write(List<Calibration> calibrations);
}
