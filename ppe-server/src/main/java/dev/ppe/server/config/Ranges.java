package dev.ppe.server.config;

import java.util.Locale;

/** Checks of the sections' fields; messages name the field and what it may be. */
final class Ranges {
  private Ranges() {}

  static void require(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s is %d, must be between %d and %d", field, value, least, most));
    }
  }

  /** Seconds, from {@code least} to a year. */
  static void requireSeconds(String field, long value, long least) {
    require(field, value, least, 31_536_000);
  }
}
