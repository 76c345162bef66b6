package dev.ppe.server.config;

/**
 * How many connections and calls there may be, how they are kept, and for how long. Times are in
 * seconds.
 *
 * @param maxConnections at a time, 1 or more; others are closed as they come
 * @param maxConnectionsPerClient the same of one address (of IPv6 the first 64 bits); 0: a quarter
 *     of {@code maxConnections}
 * @param handshakeSeconds within which a client must have begun to speak HTTP/2, and TLS before
 *     where that is asked for, 1 or more
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
 * @param maxResets calls that may be taken back within ten seconds on one connection, which ends
 *     with the next, and its other calls with it (RESOURCE_EXHAUSTED); 0: any number. Taking back
 *     costs a client nothing and a server the call (CVE-2023-44487)
 * @param maxLostCallsPerSecond calls of one address that may end without an answer, or be more than
 *     it may have, on all its connections, each second and for as long as it likes; as many as it
 *     may have open may do so besides. Beyond that connections end on which more do, and others are
 *     closed as they come, for up to a minute; 0: any number
 * @param maxMetadataBytes bytes of one call's metadata, 1024 or more
 * @param maxOpenCalls calls at a time, of all services, 1 or more; others are refused
 * @param maxOpenCallsPerClient the same of one client, by its certificate or its address; 0: a
 *     quarter of {@code maxOpenCalls}
 * @param requestSeconds within which a request must have come: a call's first from its headers on,
 *     others from their own beginning; 0: any time
 * @param maxArrivingBytes bytes of requests that have come in part, or are not taken yet; 0: half
 *     of the memory outside of the heap, and no less than 2.25 of the largest message, so that one
 *     client finds room for one
 */
public record ConnectionSettings(
    int maxConnections,
    int maxConnectionsPerClient,
    int handshakeSeconds,
    int keepAliveSeconds,
    int keepAliveTimeoutSeconds,
    int minPingSeconds,
    int maxIdleSeconds,
    int maxAgeSeconds,
    int maxAgeGraceSeconds,
    int maxCalls,
    int maxResets,
    int maxLostCallsPerSecond,
    int maxMetadataBytes,
    int maxOpenCalls,
    int maxOpenCallsPerClient,
    int requestSeconds,
    long maxArrivingBytes) {
  private static final int OTHER_FILES = 500;

  /**
   * A connection takes some tens of KB while nothing happens on it: all of them together are to
   * take a tenth of the heap or two. Each is an open file besides: where a process may have few,
   * the admin page and the log have theirs before.
   */
  private static final int FOR_THE_MACHINE =
      Math.clamp(
          Math.min(Runtime.getRuntime().maxMemory() >> 18, OpenFiles.most() - OTHER_FILES),
          256,
          100_000);

  /**
   * A call takes some 3 KB while nothing happens in it: all of them together are to take a tenth of
   * the heap.
   */
  private static final int CALLS_FOR_THE_MACHINE =
      Math.clamp(Runtime.getRuntime().maxMemory() >> 15, 1024, 1_000_000);

  /** Half an hour of age, and no call is ever cut off for it; one client has a quarter at most. */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(
          FOR_THE_MACHINE,
          0,
          20,
          60,
          20,
          10,
          0,
          1800,
          0,
          1024,
          0,
          200,
          8192,
          CALLS_FOR_THE_MACHINE,
          0,
          120,
          0);

  public ConnectionSettings {
    Ranges.require("connections.maxConnections", maxConnections, 1, 1_000_000);
    Ranges.require("connections.maxConnectionsPerClient", maxConnectionsPerClient, 0, 1_000_000);
    Ranges.requireSeconds("connections.handshakeSeconds", handshakeSeconds, 1);
    Ranges.requireSeconds("connections.keepAliveSeconds", keepAliveSeconds, 1);
    Ranges.requireSeconds("connections.keepAliveTimeoutSeconds", keepAliveTimeoutSeconds, 1);
    Ranges.requireSeconds("connections.minPingSeconds", minPingSeconds, 0);
    Ranges.requireSeconds("connections.maxIdleSeconds", maxIdleSeconds, 0);
    Ranges.requireSeconds("connections.maxAgeSeconds", maxAgeSeconds, 0);
    Ranges.requireSeconds("connections.maxAgeGraceSeconds", maxAgeGraceSeconds, 0);
    Ranges.require("connections.maxCalls", maxCalls, 1, 1_000_000);
    Ranges.require("connections.maxResets", maxResets, 0, 1_000_000);
    Ranges.require("connections.maxLostCallsPerSecond", maxLostCallsPerSecond, 0, 1_000_000);
    Ranges.require("connections.maxMetadataBytes", maxMetadataBytes, 1024, 1 << 20);
    Ranges.require("connections.maxOpenCalls", maxOpenCalls, 1, 10_000_000);
    Ranges.require("connections.maxOpenCallsPerClient", maxOpenCallsPerClient, 0, 10_000_000);
    Ranges.requireSeconds("connections.requestSeconds", requestSeconds, 0);
    Ranges.require("connections.maxArrivingBytes", maxArrivingBytes, 0, 1L << 40);
  }
}
