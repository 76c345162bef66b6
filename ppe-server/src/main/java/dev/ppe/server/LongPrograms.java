package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One worker at a time may be at a long program, which takes up to a hundred megabytes whatever its
 * request was reckoned with: a network of few bytes may have as many instructions as a large one.
 * Others that come as far wait for their turn.
 */
final class LongPrograms {
  private static final long LOOK_MILLIS = 5;

  private final ReentrantLock turn = new ReentrantLock(/* fair= */ true);

  /**
   * Waits until no other thread is at one; from then on this one is, until it says so.
   *
   * @param interruption asked meanwhile
   * @throws CancellationException if it is no longer wanted
   */
  void begin(Interruption interruption) {
    if (turn.isHeldByCurrentThread()) {
      return;
    }
    try {
      while (!turn.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        interruption.check();
      }
      interruption.check(); // the one before may have taken long
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the server stops");
    }
  }

  /** The current thread is at none any more, if it was. */
  void end() {
    if (turn.isHeldByCurrentThread()) {
      turn.unlock();
    }
  }
}
