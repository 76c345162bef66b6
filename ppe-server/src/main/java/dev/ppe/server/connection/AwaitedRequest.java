package dev.ppe.server.connection;

import java.util.OptionalLong;

/**
 * Since when the request of a call has been waited for that comes next, by {@link System#nanoTime}.
 * Not safe for use by several threads.
 */
final class AwaitedRequest {
  private boolean onlyOne;
  private OptionalLong since = OptionalLong.empty();

  /** How many messages gRPC has begun to read, and how many have come whole. */
  private long begun;

  private long whole;

  /**
   * From now on there is somebody who waits.
   *
   * @param one whether for the only request of the call; a stream may be opened long before there
   *     is anything to ask
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

  /** A frame has come, which {@code messages} have counted. */
  void arrived(HeldMessages messages, long now) {
    if (!onlyOne && (since.isEmpty() || messages.ended() > whole)) {
      since = messages.isBetween() ? OptionalLong.empty() : OptionalLong.of(now);
    }
    whole = messages.ended();
  }

  /** gRPC reads the next message on: it is not waited for before. */
  void asked(long now) {
    begun++;
    if (!onlyOne && since.isPresent()) {
      since = OptionalLong.of(now);
    }
  }

  /** There is none any more. */
  void end() {
    since = OptionalLong.empty();
  }

  /** Whether it has been on its way for longer than {@code patience}: what may wait is not late. */
  boolean isLate(long now, long patienceNanos) {
    boolean waitedFor = onlyOne || begun > whole;
    return waitedFor && since.isPresent() && now - since.getAsLong() > patienceNanos;
  }
}
