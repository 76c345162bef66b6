package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Puts refused connections into words, once a minute at most: whoever is turned away may try again
 * without end.
 */
final class RefusalReport {
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final ConnectionLimits limits;
  private final LongSupplier nanoTime;
  private OptionalLong last = OptionalLong.empty();
  private long untold;

  RefusalReport(ConnectionLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** One more. Returns what to log, if it is time for that. */
  Optional<String> refused(ClientIdentity client, Refusal reason) {
    return refused(client, words(reason));
  }

  /** The same of one that has lost too many calls. */
  Optional<String> barred(ClientIdentity client) {
    return refused(
        client, "it loses more calls than one address may (connections.maxLostCallsPerSecond)");
  }

  private synchronized Optional<String> refused(ClientIdentity client, String words) {
    untold++;
    long now = nanoTime.getAsLong();
    if (last.isPresent() && now - last.getAsLong() < PAUSE) {
      return Optional.empty();
    }
    String line =
        "connections refused: %d since this was last told, now one of %s: %s"
            .formatted(untold, client.name(), words);
    last = OptionalLong.of(now);
    untold = 0;
    return Optional.of(line);
  }

  private String words(Refusal reason) {
    return switch (reason) {
      case FULL ->
          "there are %d, as many as may be (connections.maxConnections)".formatted(limits.most());
      case CLIENT ->
          "it has %d, as many as one address may have (connections.maxConnectionsPerClient)"
              .formatted(limits.mostOfClient());
    };
  }
}
