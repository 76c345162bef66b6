package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One worker at a time may be at a long program, which takes up to a hundred megabytes whatever its
 * request was reckoned with: a network of few bytes may have as many instructions as a large one.
 * Others that come as far wait for their turn.
 */
final class LongPrograms {
  private static final long LOOK_MILLIS = 5;

  private static final long RETRY_NANOS = 1_000_000_000;

  private final ReentrantLock turn = new ReentrantLock(/* fair= */ true);
  private final Semaphore places;

  /** So many may wait for their turn: the other workers are there for other requests. */
  LongPrograms(int mostWaiting) {
    this.places = new Semaphore(mostWaiting);
  }

  /**
   * Waits until no other thread is at one; from then on this one is, until it says so.
   *
   * @param interruption asked meanwhile
   * @throws CancellationException if it is no longer wanted
   * @throws StatusRuntimeException RESOURCE_EXHAUSTED if too many wait already
   */
  void begin(Interruption interruption) {
    if (turn.isHeldByCurrentThread() || turn.tryLock()) {
      return;
    }
    if (!places.tryAcquire()) {
      throw Refusals.overloaded("as many long programs wait for memory as may", RETRY_NANOS);
    }
    try {
      while (!turn.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        interruption.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the server stops");
    } finally {
      places.release();
    }
  }

  /** The current thread is at none any more, if it was. */
  void end() {
    if (turn.isHeldByCurrentThread()) {
      turn.unlock();
    }
  }
}
