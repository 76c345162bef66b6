package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;

/**
 * How many calls may be open, in all and of one client, and how many are: of all services, from
 * their headers on, whether a request follows or not.
 *
 * <p>A client is whoever is at the other end of a connection: what a call's token says is not known
 * yet.
 */
public final class CallLimits extends ClientLimits {
  /** Room for so many. */
  CallLimits(int most, int mostOfClient) {
    super(most, mostOfClient);
  }

  /** As configured. */
  public static CallLimits of(ConnectionSettings settings) {
    return new CallLimits(settings.maxOpenCalls(), settings.maxOpenCallsPerClient());
  }
}
