package dev.ppe.simulator.calibration;

/**
 * What is wrong with a line of a file of measurements.
 *
 * @param line counted from 1
 * @param reason what is wrong, and what to do
 */
public record Fault(int line, String reason) {
  @Override
  public String toString() {
    return "line %d: %s".formatted(line, reason);
  }
}
