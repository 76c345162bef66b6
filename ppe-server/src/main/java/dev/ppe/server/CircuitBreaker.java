package dev.ppe.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stops asking what does not answer. After {@link #THRESHOLD} failures in a row it is open: nothing
 * is asked for a second. Then one question is let through: its success closes the breaker, its
 * failure opens it for twice as long as before, half a minute at most.
 *
 * <p>Safe for use by many threads.
 */
final class CircuitBreaker {
  /** Failures in a row that open it. */
  static final int THRESHOLD = 5;

  static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private int failures;
  private boolean open;
  private boolean probing;
  private long openedAt;
  private long pause = FIRST_PAUSE;

  /** A closed one with a clock of nanoseconds. */
  CircuitBreaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether what is asked answers, for all that is known. */
  synchronized boolean closed() {
    return !open;
  }

  /** Whether a question would be let through now. */
  synchronized boolean permits() {
    return !open || (!probing && nanoTime.getAsLong() - openedAt >= pause);
  }

  /** Lets a question through, or not. What is let through must succeed or fail. */
  synchronized boolean enter() {
    boolean permitted = permits();
    probing |= open && permitted;
    return permitted;
  }

  /** A question was answered. Returns whether that closed the breaker. */
  synchronized boolean succeeded() {
    boolean closes = open && probing;
    if (!open || closes) {
      failures = 0;
      open = false;
      probing = false;
      pause = FIRST_PAUSE;
    }
    return closes;
  }

  /** A question was not answered. Returns whether that opened the breaker, or kept it open. */
  synchronized boolean failed() {
    failures++;
    boolean opens = open ? probing : failures >= THRESHOLD;
    if (opens) {
      pause = open ? Math.min(2 * pause, LONGEST_PAUSE) : FIRST_PAUSE;
      open = true;
      probing = false;
      openedAt = nanoTime.getAsLong();
    }
    return opens;
  }
}
