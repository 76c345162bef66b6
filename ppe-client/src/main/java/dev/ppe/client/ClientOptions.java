package dev.ppe.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a {@link PpeClientBuilder} has been told.
 *
 * @param security how replicas are spoken to
 * @param deadline how long one answer may take, further attempts included
 * @param maxInFlight most requests under way on one replica, 1 to 10,000
 * @param balancing which replica is next
 * @param weighting when load reports count in that
 * @param attempts what is done about calls that fail
 * @param notes gets what people should know though nothing failed, a line each
 */
record ClientOptions(
    ConnectionSecurity security,
    Duration deadline,
    int maxInFlight,
    Balancing balancing,
    Weighting weighting,
    Attempts attempts,
    Consumer<String> notes) {

  /** Keeps the cores of a usual replica busy, and fits its queue. */
  static final int DEFAULT_IN_FLIGHT = 32;

  static final ClientOptions DEFAULT =
      new ClientOptions(
          ConnectionSecurity.PLAINTEXT,
          Duration.ofMinutes(1),
          DEFAULT_IN_FLIGHT,
          Balancing.WEIGHTED_ROUND_ROBIN,
          Weighting.DEFAULT,
          Attempts.DEFAULT,
          note -> {});

  ClientOptions {
    Checks.positive("deadline", deadline);
    Checks.range("maxInFlightPerReplica", maxInFlight, 1, 10_000);
  }
}
