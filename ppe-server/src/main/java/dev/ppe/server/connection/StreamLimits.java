package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;

/**
 * How many streams of HTTP/2 may be calls, in all and of one address, and how many are: from their
 * headers on, before gRPC makes anything of them. They are twice as many as {@link CallLimits
 * calls} may be open: the others are being told that they are too many, or that they have ended.
 * What comes beyond that is a flood, and refused in HTTP/2's own words.
 */
public final class StreamLimits extends ClientLimits {
  private final LostCalls lost;

  /** Room for so many, of which {@code lost} hears when they come to nothing. */
  StreamLimits(int most, int mostOfClient, LostCalls lost) {
    super(most, mostOfClient);
    this.lost = lost;
  }

  /** Room for what {@code settings} let be open. */
  public static StreamLimits of(ConnectionSettings settings) {
    CallLimits calls = CallLimits.of(settings);
    return new StreamLimits(
        twice(calls.most()), twice(calls.mostOfClient()), LostCalls.of(settings));
  }

  /** Those that came to nothing. */
  public LostCalls lost() {
    return lost;
  }

  private static int twice(int calls) {
    return (int) Math.min(Integer.MAX_VALUE, 2L * calls);
  }
}
