package dev.ppe.simulator.dram;

/** Checks of a data sheet whose messages name the field as YAML spells it. */
final class Check {
  private static final int LONGEST = 1 << 16;

  private Check() {}

  static void range(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be between %d and %d".formatted(field, value, least, most));
    }
  }

  /** A distance between two commands. */
  static void cycles(String field, int value) {
    range(field, value, 1, LONGEST);
  }

  static void atLeast(String field, long value, long least, String why) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, must be at least %d: %s".formatted(field, value, least, why));
    }
  }

  static void multiple(String field, int value, String unitField, int unit) {
    if (value % unit != 0) {
      throw new IllegalArgumentException(
          "%s is %d, must be a multiple of %s, %d".formatted(field, value, unitField, unit));
    }
  }
}
