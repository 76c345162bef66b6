package dev.ppe.simulator.calibration;

import java.util.OptionalInt;

/**
 * One row of a file of measurements.
 *
 * @param line where it stands, counted from 1
 * @param model a file or the name of a built-in network
 * @param inputSize rows and columns of a built-in network's image, where they are not the published
 *     ones
 * @param milliseconds one inference in the steady state, above 0
 */
public record Measurement(int line, String model, OptionalInt inputSize, double milliseconds) {
  public Measurement {
    if (!(milliseconds > 0) || !Double.isFinite(milliseconds)) {
      throw new IllegalArgumentException(milliseconds + " ms is no latency");
    }
  }
}
