package dev.ppe.server.connection;

import dev.ppe.server.config.ConnectionSettings;

/**
 * How many connections there may be, in all and of one client, and how many there are: of all that
 * were accepted, from then on, whether they ever say a word or not.
 *
 * <p>A client is an address here: what its certificate or its tokens say is not known yet.
 */
public final class ConnectionLimits extends ClientLimits {
  /** Room for so many. */
  ConnectionLimits(int most, int mostOfClient) {
    super(most, mostOfClient);
  }

  /** As configured. */
  public static ConnectionLimits of(ConnectionSettings settings) {
    return new ConnectionLimits(settings.maxConnections(), settings.maxConnectionsPerClient());
  }
}
