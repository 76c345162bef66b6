package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import dev.ppe.wire.AnswerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Work that is under way for everybody who asks for the same. It goes on for as long as one of them
 * still waits, and stops with the last.
 */
final class Flight implements Interruption {
  /** A request that waits for the answer, in its own names. */
  record Passenger(Job job, AnswerNames names) {}

  private List<Passenger> waiting = new ArrayList<>();
  private boolean closed;

  /** One of those who wait, or did. */
  private volatile Job known;

  /** Nobody waits yet but the one. */
  Flight(Passenger first) {
    known = first.job();
    waiting.add(first);
  }

  /** Returns whether there is still an answer to come. */
  synchronized boolean join(Passenger passenger) {
    if (!closed) {
      waiting.add(passenger);
    }
    return !closed;
  }

  /** A call has ended: what its request holds is for others. */
  synchronized void leave(Job job) {
    if (!closed) {
      waiting.removeIf(passenger -> passenger.job().equals(job));
    }
  }

  /**
   * Lets nobody in any more, and ends the request of each who waits. What goes wrong with one keeps
   * no other from its end.
   *
   * @return whether anybody waited
   * @throws IllegalStateException at the end, if something went wrong
   */
  boolean end(Consumer<Passenger> ending) {
    Optional<Throwable> fault = Optional.empty();
    List<Passenger> passengers = close();
    for (Passenger passenger : passengers) {
      try {
        ending.accept(passenger);
      } catch (Throwable failure) {
        fault = Optional.of(failure);
      }
    }
    if (fault.isPresent()) {
      throw new IllegalStateException("a request could not be ended", fault.get());
    }
    return !passengers.isEmpty();
  }

  /** Who waits; takes no memory, which may have run out. Nobody leaves this list any more. */
  private synchronized List<Passenger> close() {
    List<Passenger> all = waiting;
    closed = true;
    waiting = List.of();
    return all;
  }

  /** {@inheritDoc} */
  @Override
  public void check() {
    try {
      known.check();
    } catch (CancellationException over) {
      findSomebody();
    }
  }

  @Override
  public void beforeLongProgram() {
    known.beforeLongProgram(this);
  }

  private synchronized void findSomebody() {
    for (Passenger passenger : waiting) {
      if (!passenger.job().over()) {
        known = passenger.job();
        return;
      }
    }
    closed = true;
    throw new CancellationException("nobody waits for the answer any more");
  }
}
