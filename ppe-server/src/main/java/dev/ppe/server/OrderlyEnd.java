package dev.ppe.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What a server does, and waits for, between the order to end and its end; in that order. */
final class OrderlyEnd {
  /** gRPC itself waits 10 seconds for a client to say that it knows of a connection's end. */
  static final Duration FAREWELL = Duration.ofSeconds(12);

  private final Steps steps;
  private final LongSupplier nanoTime;

  /** The end of the server that has these steps. */
  OrderlyEnd(Steps steps, LongSupplier nanoTime) {
    this.steps = steps;
    this.nanoTime = nanoTime;
  }

  /** What there is to do. */
  interface Steps {
    /** Whether anybody is connected. */
    boolean connected();

    /** Takes calls for that time, as before. */
    void drain(Duration time) throws InterruptedException;

    /** Takes no connections any more, and tells everybody who is connected. */
    void refuse();

    /** Waits until no call is open, or for a time. Returns how many are open. */
    int awaitCalls(Duration patience) throws InterruptedException;

    /** Waits until no connection is open, or for a time. */
    void awaitConnections(Duration patience) throws InterruptedException;
  }

  /**
   * Takes no longer than {@code drain} and {@code grace} together, whatever there is to wait for.
   *
   * @return how many calls are open at the end
   */
  int run(Duration drain, Duration grace) throws InterruptedException {
    if (steps.connected()) {
      steps.drain(drain);
    }
    long end = nanoTime.getAsLong() + grace.toNanos();
    steps.refuse();
    int open = steps.awaitCalls(left(end));
    if (open == 0 && left(end).isPositive()) {
      steps.awaitConnections(shorter(FAREWELL, left(end)));
      // Connections may have ended before the last calls were told that they are complete.
      open = steps.awaitCalls(left(end));
    }
    return open;
  }

  private Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
