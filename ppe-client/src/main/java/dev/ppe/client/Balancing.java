package dev.ppe.client;

import java.util.Locale;

/** Which replica is asked next, of those that are ready and have room. */
public enum Balancing {
  /** One after the other: even counts. */
  ROUND_ROBIN,

  /**
   * The one with the fewest calls of this client under way: replicas that are slower, or busy with
   * others, get fewer.
   */
  LEAST_REQUEST;

  /** As gRPC's policies are called. */
  String policy() {
    return name().toLowerCase(Locale.ROOT);
  }
}
