package dev.ppe.client;

import java.time.Duration;

/**
 * How far many estimates have come.
 *
 * @param answered outcomes handed over that are answers
 * @param failed and those that are failures
 * @param elapsed since the first input was read
 */
public record Progress(long answered, long failed, Duration elapsed) {
  /** All outcomes. */
  public long done() {
    return answered + failed;
  }

  /** Outcomes a second, on average; 0 before there is one. */
  public double perSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? done() / seconds : 0;
  }
}
