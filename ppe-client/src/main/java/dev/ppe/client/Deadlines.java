package dev.ppe.client;

import java.time.Duration;

/** What both back-ends say of a deadline that has passed. */
final class Deadlines {
  private Deadlines() {}

  static String exceeded(Duration deadline) {
    long millis = deadline.toMillis();
    return millis % 1000 == 0
        ? "no answer within %d s".formatted(millis / 1000)
        : "no answer within %d ms".formatted(millis);
  }
}
