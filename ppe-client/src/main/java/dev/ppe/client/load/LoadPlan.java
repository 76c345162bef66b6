package dev.ppe.client.load;

import java.time.Duration;

/**
 * How load is put on.
 *
 * @param warmUp requests that are due in this time count for nothing but the checks of answers
 * @param duration how long requests that count are due, after the warm-up
 * @param deadline how long one answer may take, further attempts included
 * @param maxInFlight calls without an answer at a time; a request that is due beyond is not sent
 * @param retries whether an overloaded replica gets the pause it asks for, and the call then
 *     another attempt, or is counted as it answered
 * @param verify whether answers are kept as digests, to be compared with others
 */
public record LoadPlan(
    Duration warmUp,
    Duration duration,
    Duration deadline,
    int maxInFlight,
    boolean retries,
    boolean verify) {

  public LoadPlan {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is " + maxInFlight + ", must be 1 or more");
    }
  }
}
