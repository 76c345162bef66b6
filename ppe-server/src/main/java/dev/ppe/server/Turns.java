package dev.ppe.server;

import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the workers of a {@link SimulationPool} are to do next: what was put aside and can go on,
 * else the next request of the queue; and, while every worker is at a long request, a short one
 * that passes.
 *
 * <p>Whatever goes wrong between a request's leaving the queue and its turn, the turn is one that
 * tells its client. Not safe for use by several threads: the pool has its lock around it.
 */
final class Turns {
  /**
   * What a worker is to do next for a request.
   *
   * @param effort to add the turn to; none if it could not be begun as others are
   */
  record Turn(Job job, Optional<Effort> effort, Runnable task) {}

  private record Resumed(Job job, Runnable task) {}

  private final SimulationPool.Work work;
  private final Admission admission;
  private final Accounts accounts;
  private final FairQueue<Job> queue;
  private final Room<Job> room;
  private final Deque<Resumed> resumed = new ArrayDeque<>();

  Turns(
      SimulationPool.Work work,
      Admission admission,
      Accounts accounts,
      FairQueue<Job> queue,
      Room<Job> room) {
    this.work = work;
    this.admission = admission;
    this.accounts = accounts;
    this.queue = queue;
    this.room = room;
  }

  /** A job that was put aside goes on, before anything that waits. */
  void resume(Job job, Runnable task) {
    resumed.add(new Resumed(job, task));
  }

  boolean isEmpty() {
    return queue.isEmpty() && resumed.isEmpty();
  }

  /** The next turn, begun by the current thread; nothing if there is none for it now. */
  Optional<Turn> next() {
    return accounts.running() < admission.workers()
        ? nextResumed().or(() -> queue.poll().map(this::first))
        : nextThatPasses();
  }

  private Optional<Turn> nextResumed() {
    return Optional.ofNullable(resumed.poll()).map(this::again);
  }

  private Turn again(Resumed next) {
    try {
      Effort effort = accounts.of(next.job());
      queue.charge(next.job().identity(), effort.left()); // again: it takes another turn
      return begin(next.job(), effort, next.task());
    } catch (Throwable failure) { // others may wait for what it is at
      accounts.faulted();
      return new Turn(next.job(), Optional.empty(), next.task());
    }
  }

  /** What is short beside what every worker is at. */
  private Optional<Turn> nextThatPasses() {
    if (accounts.running() >= admission.threads()) {
      return Optional.empty();
    }
    long busy = accounts.busyFor(admission.workers());
    Predicate<Job> passes = job -> accounts.of(job).isShortBeside(busy);
    Optional<Resumed> aside = resumed.stream().filter(next -> passes.test(next.job())).findFirst();
    aside.ifPresent(resumed::remove);
    return aside.map(this::again).or(() -> queue.poll(passes).map(this::first));
  }

  /** It is out of the queue: nobody else would tell its client what goes wrong now. */
  private Turn first(Job job) {
    try {
      Effort effort = accounts.of(job);
      job.waited(effort.waited(accounts.now()));
      return begin(job, effort, task(job, effort));
    } catch (Throwable failure) {
      accounts.faulted();
      IllegalStateException notBegun =
          new IllegalStateException("a request's turn could not be begun", failure);
      return new Turn(job, Optional.empty(), throwing(notBegun));
    }
  }

  private Runnable task(Job job, Effort effort) {
    if (!queue.isEmpty() && job.left(Long.MAX_VALUE) < effort.expected()) {
      StatusRuntimeException tooLate =
          admission.tooLate(
              job,
              0,
              effort.expected(),
              admission.retryNanos(queue.backlog() + accounts.remaining()));
      return throwing(tooLate);
    }
    return () -> {
      job.requireWaiting();
      work.begin(job);
    };
  }

  private static Runnable throwing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private Turn begin(Job job, Effort effort, Runnable task) {
    Turn turn = new Turn(job, Optional.of(effort), task);
    accounts.begin(effort);
    room.hold(job);
    return turn;
  }

  /** The current thread has come to the end of its turn. */
  void end(Turn turn) {
    if (turn.effort().isPresent()) {
      queue.charge(turn.job().identity(), accounts.end(turn.effort().get()));
      room.release(turn.job());
    }
  }
}
