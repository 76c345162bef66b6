package dev.ppe.server;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A fixed number of threads that take turns until there are no more. None of them ends before that,
 * whatever a turn throws: a server without workers would be ready and answer nothing.
 *
 * @param <T> a turn
 */
final class Workers<T> {
  /** Where turns come from. */
  interface Source<T> {
    /** The next turn, waited for; nothing at the end. */
    Optional<T> next() throws InterruptedException;

    /** The current thread's turn, if it had one, has failed in a way that nobody was told of. */
    void faulted();
  }

  private final Source<T> source;
  private final Consumer<T> action;
  private final CountDownLatch left;
  private final LongAdder faults = new LongAdder();

  /** Starts {@code count} threads that do {@code action} for each turn. */
  Workers(int count, Source<T> source, Consumer<T> action) {
    this.source = source;
    this.action = action;
    this.left = new CountDownLatch(count);
    for (int number = 1; number <= count; number++) {
      new Thread(this::run, "simulation-" + number).start();
    }
  }

  /** Faults of the program that no turn could tell anybody of. */
  long faults() {
    return faults.sum();
  }

  /** Waits until all have ended. Returns whether that is so. */
  boolean awaitEnd(int seconds) throws InterruptedException {
    return left.await(seconds, TimeUnit.SECONDS);
  }

  private void run() {
    try {
      for (boolean more = true; more; ) {
        more = takeTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left.countDown();
    }
  }

  /** Does what is next. Returns whether that was not the end. */
  private boolean takeTurn() throws InterruptedException {
    try {
      Optional<T> turn = source.next();
      turn.ifPresent(action);
      return turn.isPresent();
    } catch (InterruptedException end) {
      throw end;
    } catch (Throwable fault) { // errors too
      tell(fault);
      return true;
    }
  }

  private void tell(Throwable fault) {
    faults.increment();
    try {
      source.faulted();
      RequestLog.failed("worker", fault);
    } catch (Throwable untold) { // no memory for a line either
      faults.increment();
    }
  }
}
