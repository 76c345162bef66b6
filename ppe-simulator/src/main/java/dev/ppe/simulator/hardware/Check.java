package dev.ppe.simulator.hardware;

/** Range checks whose messages name the field as YAML and the wire contract spell it. */
final class Check {
  private Check() {}

  static void range(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be between %d and %d".formatted(field, value, least, most));
    }
  }

  static void text(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
  }
}
