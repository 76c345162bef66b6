package dev.ppe.client;

import java.time.Duration;

/** Refuses values that mean nothing, by their names. */
final class Checks {
  /** A century: clocks count nanoseconds in 64 bits. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

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
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, must be at most %d days".formatted(name, value, LONGEST.toDays()));
    }
  }
}
