package dev.ppe.server;

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

  /** Takes the step, or has the thread that is at it take it once more. */
  void run() {
    if (asked.getAndIncrement() == 0) {
      takeSteps();
    }
  }

  private void takeSteps() {
    int seen;
    do {
      seen = asked.get();
      try {
        step.run();
      } catch (Throwable failure) {
        asked.set(0); // whoever asks next takes it
        throw failure;
      }
    } while (asked.addAndGet(-seen) > 0);
  }
}
