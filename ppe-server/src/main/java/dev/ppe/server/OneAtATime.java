package dev.ppe.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A step that many threads ask for and one takes: nobody waits for another. What was done before
 * somebody asked is seen by a step that begins after that.
 */
final class OneAtATime {
  private final Runnable step;
  private final AtomicInteger asked = new AtomicInteger();

  /** Runs {@code step}, whenever it is asked for. */
  OneAtATime(Runnable step) {
    this.step = step;
  }

  /**
   * Takes the step, or has the thread that is at it take it once more.
   *
   * @throws RuntimeException what a step threw; those that were asked for meanwhile are taken
   *     before
   */
  void run() {
    if (asked.getAndIncrement() == 0) {
      takeSteps();
    }
  }

  /** Whoever asked meanwhile has gone: a step that fails is none of theirs. */
  private void takeSteps() {
    Optional<Throwable> fault = Optional.empty();
    int seen;
    do {
      seen = asked.get();
      try {
        step.run();
      } catch (Throwable failure) {
        fault = Optional.of(failure);
      }
    } while (asked.addAndGet(-seen) > 0);
    fault.ifPresent(OneAtATime::rethrow);
  }

  private static void rethrow(Throwable fault) {
    switch (fault) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(fault); // no step has any
    }
  }
}
