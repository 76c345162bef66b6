package dev.ppe.server;

import dev.ppe.server.config.OperationSettings;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.wire.ServiceLimits;
import java.time.Duration;

/**
 * How a server runs; {@link ServerConfigReader} reads it. {@code docs/operations.md} has the table.
 *
 * @param port TCP port, 0 to 65535; 0 takes any that is free
 * @param host name or address to listen on
 * @param maxMessageBytes most bytes of one message on the wire, 1024 or more
 * @param limits how large a request may be before any work is spent on it
 * @param workers threads that simulate, 1 to 1024
 * @param queueCapacity requests that wait for one of them, 1 to 1,000,000; more are refused
 * @param maxPendingBytes most bytes of memory for the requests that wait or run, and of answers
 *     that clients leave unread, 1 or more; a request counts with half at most; one above this and
 *     a quarter of the heap is too large
 * @param reflection whether the reflection service is there
 * @param loadReports whether answers tell how busy the server is
 * @param shutdownGraceSeconds how long running calls may take to finish at the end, 0 to 86,400
 * @param maxWaitMillis how long a request may have to wait for a worker, 1 to 3,600,000; what would
 *     wait for longer is refused, unless it is the only one of its client that waits, or in a
 *     stream
 * @param maxStandingWaitMillis the same for a client of which nearly every request of late has
 *     found others waiting, 1 to 3,600,000; no more than {@code maxWaitMillis} counts
 * @param cache what is kept of answers
 * @param operations security, connections, health, and what operators see
 */
public record ServerConfig(
    int port,
    String host,
    int maxMessageBytes,
    ServiceLimits limits,
    int workers,
    int queueCapacity,
    long maxPendingBytes,
    boolean reflection,
    boolean loadReports,
    int shutdownGraceSeconds,
    int maxWaitMillis,
    int maxStandingWaitMillis,
    CacheConfig cache,
    OperationSettings operations) {

  /** Room for what surrounds a model of the largest size: names and an accelerator. */
  private static final int MESSAGE_OVERHEAD = 1 << 20;

  /** Loopback, one worker for each core, a quarter of the heap for requests. */
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          50051,
          "127.0.0.1",
          ServiceLimits.DEFAULT.maxModelBytes() + MESSAGE_OVERHEAD,
          ServiceLimits.DEFAULT,
          Math.min(Runtime.getRuntime().availableProcessors(), 1024),
          256,
          Runtime.getRuntime().maxMemory() / 4,
          true,
          true,
          30,
          1000,
          3_600_000,
          CacheConfig.DEFAULT,
          OperationSettings.DEFAULT);

  public ServerConfig {
    requireRange("port", port, 0, 65_535);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty, must be a name or an address");
    }
    requireRange("maxMessageBytes", maxMessageBytes, 1024, Integer.MAX_VALUE);
    requireRange("workers", workers, 1, 1024);
    requireRange("queueCapacity", queueCapacity, 1, 1_000_000);
    requireRange("maxPendingBytes", maxPendingBytes, 1, Long.MAX_VALUE);
    requireRange("shutdownGraceSeconds", shutdownGraceSeconds, 0, 86_400);
    requireRange("maxWaitMillis", maxWaitMillis, 1, 3_600_000);
    requireRange("maxStandingWaitMillis", maxStandingWaitMillis, 1, 3_600_000);
  }

  /** How long running calls may take to finish at the end. */
  Duration shutdownGrace() {
    return Duration.ofSeconds(shutdownGraceSeconds);
  }

  /** How long a request may have to wait for a worker. */
  Duration maxWait() {
    return Duration.ofMillis(maxWaitMillis);
  }

  /** The same in a {@link StandingQueue}. */
  Duration maxStandingWait() {
    return Duration.ofMillis(maxStandingWaitMillis);
  }

  /**
   * Requests of one stream in work at a time. Four for each worker: one that it is at, one that
   * waits, and two on their way there and back. Not more than the queue holds: when an answer has
   * gone out its thread is not free yet, and one stream alone is never to be refused.
   */
  int streamWindow() {
    return Math.min(4 * workers, queueCapacity);
  }

  /** The limits on graphs. */
  GraphLimits graph() {
    return limits.graph();
  }

  static void requireRange(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be between %d and %d".formatted(field, value, least, most));
    }
  }
}
