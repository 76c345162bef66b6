package dev.ppe.server.observe;

import java.time.Instant;

/**
 * When a request came.
 *
 * @param time by the calendar
 * @param nanos the same by {@link System#nanoTime}
 */
public record Arrival(Instant time, long nanos) {
  /** Of a request that comes now. */
  public static Arrival now() {
    return new Arrival(Instant.now(), System.nanoTime());
  }

  /** Nanoseconds from then till now. */
  long nanosSince() {
    return System.nanoTime() - nanos;
  }
}
