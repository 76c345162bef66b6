package dev.ppe.server.security;

import io.grpc.StatusRuntimeException;
import java.util.function.LongSupplier;

/**
 * How many requests a client may send: a token bucket. It holds {@code burst} requests when full
 * and fills at a steady rate; a request that finds it empty is refused, with the time after which
 * the next one is due.
 *
 * <p>Counted in nanoseconds of filling, so that no rounding adds up.
 */
public final class Quota {
  private static final long SECOND = 1_000_000_000;

  private final String client;
  private final int requestsPerSecond;
  private final long nanosPerRequest;
  private final long fullNanos;
  private final LongSupplier clock;
  private long filledNanos;
  private long lastNanos;

  Quota(String client, Client.Rate rate, LongSupplier clock) {
    this.client = client;
    this.requestsPerSecond = rate.requestsPerSecond();
    this.nanosPerRequest = SECOND / requestsPerSecond;
    this.fullNanos = nanosPerRequest * rate.burst();
    this.clock = clock;
    this.filledNanos = fullNanos;
    this.lastNanos = clock.getAsLong();
  }

  /**
   * Takes one request out of the quota that the client of the current call has now, if it has one.
   *
   * @throws StatusRuntimeException RESOURCE_EXHAUSTED with RetryInfo if it is used up;
   *     UNAUTHENTICATED if the client is not listed any more
   */
  public static void spend() {
    Right right = Right.KEY.get();
    if (right != null) {
      right.client().quota().ifPresent(Quota::take);
    }
  }

  /** Takes one request. */
  synchronized void take() {
    long now = clock.getAsLong();
    filledNanos = Math.min(fullNanos, filledNanos + (now - lastNanos));
    lastNanos = now;
    if (filledNanos < nanosPerRequest) {
      throw exceeded(nanosPerRequest - filledNanos);
    }
    filledNanos -= nanosPerRequest;
  }

  private StatusRuntimeException exceeded(long waitNanos) {
    return RetryLater.after(
        waitNanos,
        "client \"%s\" is over its quota of %d requests a second"
            .formatted(client, requestsPerSecond));
  }
}
