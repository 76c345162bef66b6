package dev.ppe.simulator.calibration;

import java.util.OptionalInt;

/**
 * One figure of a row of a file of measurements.
 *
 * @param line where it stands, counted from 1
 * @param model a file or the name of a built-in network
 * @param inputSize rows and columns of a built-in network's image, where they are not the published
 *     ones
 * @param quantity what was measured
 * @param value of one inference in the steady state, above 0, in the quantity's unit
 */
public record Measurement(
    int line, String model, OptionalInt inputSize, Quantity quantity, double value) {
  public Measurement {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s %s is no %s".formatted(value, quantity.unit(), quantity.text()));
    }
  }
}
