package dev.ppe.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends further attempts where too much fails, as gRPC's {@code retryThrottling} does for its own:
 * each failure takes a token, each success gives back a tenth, and at half of them and below
 * nothing is tried again.
 */
final class Budget {
  private static final int TENTHS = 10;

  private final int most;
  private final AtomicInteger left;

  /**
   * A full budget.
   *
   * @param tokens what it holds at most
   */
  Budget(int tokens) {
    this.most = TENTHS * tokens;
    this.left = new AtomicInteger(most);
  }

  /** A call was answered. */
  void succeeded() {
    left.getAndUpdate(now -> Math.min(most, now + 1));
  }

  /** A call was lost; whether it may be made again. */
  boolean lost() {
    return left.updateAndGet(now -> Math.max(0, now - TENTHS)) > most / 2;
  }
}
