package dev.ppe.server.security;

import io.grpc.Context;

/** Quotas whose clock stands still, for tests. */
public final class Quotas {
  private Quotas() {}

  /** The context of a call of a client that has so many requests left. */
  public static Context of(int requests) {
    Quota quota = new Quota("search", new Client.Rate(1, requests), () -> 0);
    return Context.current().withValue(Quota.KEY, quota);
  }
}
