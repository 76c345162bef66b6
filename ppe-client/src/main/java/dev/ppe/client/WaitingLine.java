package dev.ppe.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Lets so many calls begin at a time, and those on top of them in the order in which they came.
 *
 * <p>gRPC would hold them, too, but looks at all that wait each time that one has ended: the more
 * wait, the longer each takes.
 */
final class WaitingLine {
  private final IntSupplier places;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger();

  /**
   * A line.
   *
   * @param places how many may be inside; may change, of which {@link #admit} tells
   */
  WaitingLine(IntSupplier places) {
    this.places = places;
  }

  /** Runs it as soon as there is a place, which it gives back by {@link #leave}. */
  void enter(Runnable begin) {
    if (waiting.isEmpty() && takePlace()) {
      run(begin);
    } else {
      waiting.add(begin);
      admit();
    }
  }

  /** Gives a place back. */
  void leave() {
    inside.decrementAndGet();
    admit();
  }

  /**
   * Lets in whom there are places for. One thread at a time does, for all: calls that fail at once
   * would else let each other in, one within the other.
   */
  void admit() {
    if (wanted.getAndIncrement() > 0) {
      return;
    }
    int done = 1;
    while (done > 0) {
      while (!waiting.isEmpty() && takePlace()) {
        run(waiting.remove()); // nobody else takes from it
      }
      done = wanted.addAndGet(-done);
    }
  }

  /** One that is broken must not keep those behind it out. */
  private static void run(Runnable begin) {
    try {
      begin.run();
    } catch (RuntimeException | Error e) {
      Thrown.report(e);
    }
  }

  private boolean takePlace() {
    int most = places.getAsInt();
    return inside.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }
}
