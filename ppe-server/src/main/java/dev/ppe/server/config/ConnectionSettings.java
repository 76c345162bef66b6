package dev.ppe.server.config;

/**
 * How connections are kept, and for how long. Times are in seconds.
 *
 * @param keepAliveSeconds silence after which the server asks whether the client is still there, 1
 *     or more
 * @param keepAliveTimeoutSeconds how long it waits for the answer before it closes the connection,
 *     1 or more
 * @param minPingSeconds how often a client may ask the same; one that asks more often is cut off
 * @param maxIdleSeconds a connection without calls is closed after this; 0: never
 * @param maxAgeSeconds a connection is closed to new calls after this, give or take a tenth, so
 *     that clients spread over the replicas that there are by then; 0: never
 * @param maxAgeGraceSeconds calls that still run on such a connection end after this; 0: never
 * @param maxCalls calls at a time on one connection, 1 or more
 * @param maxResets calls that a client may take back within ten seconds on one connection, which
 *     ends with the next; 0: any number. Taking back costs a client nothing and a server the call
 *     (CVE-2023-44487)
 * @param maxMetadataBytes bytes of one call's metadata, 1024 or more
 */
public record ConnectionSettings(
    int keepAliveSeconds,
    int keepAliveTimeoutSeconds,
    int minPingSeconds,
    int maxIdleSeconds,
    int maxAgeSeconds,
    int maxAgeGraceSeconds,
    int maxCalls,
    int maxResets,
    int maxMetadataBytes) {
  /** Half an hour of age, and no call is ever cut off for it. */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(60, 20, 10, 0, 1800, 0, 1024, 1000, 8192);

  public ConnectionSettings {
    Ranges.requireSeconds("connections.keepAliveSeconds", keepAliveSeconds, 1);
    Ranges.requireSeconds("connections.keepAliveTimeoutSeconds", keepAliveTimeoutSeconds, 1);
    Ranges.requireSeconds("connections.minPingSeconds", minPingSeconds, 0);
    Ranges.requireSeconds("connections.maxIdleSeconds", maxIdleSeconds, 0);
    Ranges.requireSeconds("connections.maxAgeSeconds", maxAgeSeconds, 0);
    Ranges.requireSeconds("connections.maxAgeGraceSeconds", maxAgeGraceSeconds, 0);
    Ranges.require("connections.maxCalls", maxCalls, 1, 1_000_000);
    Ranges.require("connections.maxResets", maxResets, 0, 1_000_000);
    Ranges.require("connections.maxMetadataBytes", maxMetadataBytes, 1024, 1 << 20);
  }
}
