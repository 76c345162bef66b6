package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many of something there may be, in all and of one client, and how many there are. */
public abstract sealed class ClientLimits permits ConnectionLimits, StreamLimits, CallLimits {
  /** Why somebody is turned away. */
  public enum Refusal {
    /** There are as many as there may be. */
    FULL("full"),
    /** This client has as many as one may have. */
    CLIENT("client");

    private final String label;

    Refusal(String label) {
      this.label = label;
    }

    /** For metrics. */
    public String label() {
      return label;
    }
  }

  private final int most;
  private final int mostOfClient;
  private final Map<ClientIdentity, Integer> open = new HashMap<>();
  private final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
  private int count;

  /**
   * Room for so many.
   *
   * @param mostOfClient 0: a quarter of {@code most}
   */
  ClientLimits(int most, int mostOfClient) {
    this.most = most;
    this.mostOfClient = mostOfClient == 0 ? Math.ceilDiv(most, 4) : mostOfClient;
  }

  /** Takes one more of a client in, or tells why not. */
  synchronized Optional<Refusal> enter(ClientIdentity client) {
    Optional<Refusal> reason = reasonToRefuse(client);
    if (reason.isPresent()) {
      refused.merge(reason.get(), 1L, Long::sum);
    } else {
      open.merge(client, 1, Integer::sum);
      count++;
    }
    return reason;
  }

  private Optional<Refusal> reasonToRefuse(ClientIdentity client) {
    if (open.getOrDefault(client, 0) >= mostOfClient) {
      return Optional.of(Refusal.CLIENT);
    }
    return count >= most ? Optional.of(Refusal.FULL) : Optional.empty();
  }

  /** One that was taken in has ended. */
  synchronized void leave(ClientIdentity client) {
    open.computeIfPresent(client, (same, number) -> number > 1 ? number - 1 : null);
    count--;
  }

  /** How many there are. */
  public final synchronized int open() {
    return count;
  }

  /** How many there may be. */
  public final int most() {
    return most;
  }

  /** How many one client may have. */
  public final int mostOfClient() {
    return mostOfClient;
  }

  /** How many were turned away since the start. */
  public final synchronized long refused(Refusal reason) {
    return refused.getOrDefault(reason, 0L);
  }

  /** How many were turned away since the start, for whatever reason. */
  public final synchronized long refused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
