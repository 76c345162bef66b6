package dev.ppe.simulator.validation.claim;

/**
 * One figure of an exhibit.
 *
 * @param name of the column
 * @param unit how it is to be read
 * @param value in that unit
 */
public record Measure(String name, Unit unit, double value) {
  /** Units of figures. */
  public enum Unit {
    /** A factor between two things. */
    TIMES,
    /** Microseconds. */
    MICROSECONDS,
    /** A share of 1. */
    SHARE,
    /** Bytes. */
    BYTES,
    /** How many. */
    COUNT
  }

  static Measure times(String name, double value) {
    return new Measure(name, Unit.TIMES, value);
  }

  static Measure micros(String name, double value) {
    return new Measure(name, Unit.MICROSECONDS, value);
  }

  static Measure share(String name, double value) {
    return new Measure(name, Unit.SHARE, value);
  }

  static Measure bytes(String name, double value) {
    return new Measure(name, Unit.BYTES, value);
  }

  static Measure count(String name, double value) {
    return new Measure(name, Unit.COUNT, value);
  }
}
