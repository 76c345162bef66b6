package dev.ppe.simulator.calibration;

/** Measurements that no constant can be fitted to: says why. */
public final class CalibrationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  CalibrationException(String message) {
    super(message);
  }

  CalibrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
