package dev.ppe.client;

import java.time.Duration;

/**
 * When load reports count. The defaults are those of gRPC's {@code weighted_round_robin}.
 *
 * @param blackout how long reports must have come before a replica has a weight; zero or more
 * @param expiry how long after the last report it has none any more; positive
 * @param update how long weights are used before they are looked at again; zero or more
 */
record Weighting(Duration blackout, Duration expiry, Duration update) {
  static final Weighting DEFAULT =
      new Weighting(Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofSeconds(1));

  long blackoutNanos() {
    return blackout.toNanos();
  }

  long expiryNanos() {
    return expiry.toNanos();
  }

  long updateNanos() {
    return update.toNanos();
  }
}
