package dev.ppe.client;

import java.util.Locale;

/** Which replica is asked next, of those that are ready and have room. */
public enum Balancing {
  /** One after the other: even counts, whatever replicas say of their load. */
  ROUND_ROBIN,

  /**
   * In turn, but each as often as it can take, as replicas tell by load reports: requests a second
   * over utilisation. Without reports, and until they have come for 10 seconds, the same as {@link
   * #ROUND_ROBIN}.
   */
  WEIGHTED_ROUND_ROBIN,

  /**
   * The one with the fewest calls of this client under way: replicas that are slower, or busy with
   * others, get fewer. Where replicas send load reports, calls count over what a replica can take.
   */
  LEAST_REQUEST;

  /** As gRPC's policies are called. */
  String policy() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether load reports are looked at. */
  boolean weighs() {
    return this != ROUND_ROBIN;
  }
}
