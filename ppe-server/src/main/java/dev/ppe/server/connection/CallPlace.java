package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A call's place among those that may be open at a time. It is free again when the call has been
 * answered and is over; if it is over without an answer, when nobody listens to it, and no step of
 * it waits for a thread: calls that are taken back sooner than threads get to them would pile up
 * else.
 */
final class CallPlace {
  private final CallLimits limits;

  /** Whose it is, while it is taken. */
  private Optional<ClientIdentity> owner = Optional.empty();

  private Optional<Refusal> refusal = Optional.empty();
  private boolean listened;
  private boolean answered;
  private boolean over;
  private int steps;

  /** One that is not taken yet. */
  CallPlace(CallLimits limits) {
    this.limits = limits;
  }

  /** Takes it, if there is one left for this client. */
  synchronized void take(ClientIdentity client) {
    refusal = limits.enter(client);
    owner = refusal.isEmpty() ? Optional.of(client) : Optional.empty();
  }

  /** Why there was none left, if so. */
  synchronized Optional<Refusal> refusal() {
    return refusal;
  }

  /** Somebody listens to the call from now on. */
  synchronized void listen() {
    listened = true;
  }

  /** Whoever listened has heard of the end. */
  synchronized void endListening() {
    listened = false;
    leaveIfFree();
  }

  /** The call is over for its connection. */
  synchronized void end() {
    over = true;
    leaveIfFree();
  }

  /**
   * The server has answered: what is left to do is what threads come to that have done the rest.
   */
  synchronized void answer() {
    answered = true;
    leaveIfFree();
  }

  /**
   * Where the call's steps are taken. One that has no place, as it was refused or is over, has
   * nothing to do but to end, and waits for nobody.
   *
   * @param threads take the steps of calls that have a place
   */
  Executor stepsOn(Executor threads) {
    return step -> {
      if (stepMayWait()) {
        execute(threads, step);
      } else {
        step.run();
      }
    };
  }

  private void execute(Executor threads, Runnable step) {
    try {
      threads.execute(
          () -> {
            try {
              step.run();
            } finally {
              stepIsTaken();
            }
          });
    } catch (RejectedExecutionException closed) {
      stepIsTaken();
      throw closed;
    }
  }

  private synchronized boolean stepMayWait() {
    if (owner.isEmpty()) {
      return false;
    }
    steps++;
    return true;
  }

  private synchronized void stepIsTaken() {
    steps--;
    leaveIfFree();
  }

  private void leaveIfFree() {
    if (over && (answered || (!listened && steps == 0))) {
      owner.ifPresent(limits::leave);
      owner = Optional.empty();
    }
  }
}
