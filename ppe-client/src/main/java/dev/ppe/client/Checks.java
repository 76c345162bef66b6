package dev.ppe.client;

import java.time.Duration;

/** Refuses values that mean nothing, by their names. */
final class Checks {
  private Checks() {}

  static void range(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be between %d and %d".formatted(name, value, least, most));
    }
  }

  static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s is %s, must be more than 0".formatted(name, value));
    }
  }
}
