package dev.ppe.server.connection;

import java.util.OptionalLong;

/**
 * For how long the next request of a call has been waited for, by {@link System#nanoTime}. Not safe
 * for use by several threads.
 */
final class AwaitedRequest {
  private boolean onlyOne;
  private OptionalLong since = OptionalLong.empty();

  /** How many messages gRPC has begun to read. */
  private long begun;

  /**
   * Whoever answers the call has begun to wait.
   *
   * @param one whether the call has one request, which is awaited from now on; a stream may be
   *     opened long before there is anything to ask
   */
  void begin(boolean one, long now) {
    onlyOne = one;
    if (onlyOne) {
      since = OptionalLong.of(now);
    }
  }

  /** Whether the call has one request, which is taken when its client has nothing more to say. */
  boolean isOnlyOne() {
    return onlyOne;
  }

  /** gRPC has read how long the next message is. One of a stream is awaited from then on. */
  void begun(long now) {
    begun++;
    if (!onlyOne) {
      since = OptionalLong.of(now);
    }
  }

  /** No request is waited for any more. */
  void end() {
    since = OptionalLong.empty();
  }

  /**
   * Whether it has been waited for longer than {@code patienceNanos}. A stream's is there when it
   * is whole, the only one of a call when {@link #end} says so.
   *
   * @param whole how many messages have come whole until now
   */
  boolean isLate(long whole, long now, long patienceNanos) {
    boolean waitedFor = onlyOne || begun > whole;
    return waitedFor && since.isPresent() && now - since.getAsLong() > patienceNanos;
  }
}
