package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@link StandingQueue} of each of the clients that have asked last. */
final class StandingQueues {
  private static final int CLIENTS = 1024;

  private final Map<ClientIdentity, StandingQueue> queues =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientIdentity, StandingQueue> eldest) {
          return size() > CLIENTS;
        }
      };

  /** A client's. */
  StandingQueue of(ClientIdentity client) {
    return queues.computeIfAbsent(client, unused -> new StandingQueue());
  }
}
