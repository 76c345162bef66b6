package dev.ppe.server;

import dev.ppe.server.Turns.Turn;
import dev.ppe.simulator.Interruption;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/**
 * Where estimates are made: a fixed number of threads, each with one request at a time, and a
 * {@link FairQueue} before them. What is open is bounded in requests, in bytes and in time ({@link
 * Admission}). What does not fit into the {@link Room}, or would be done too late, is refused at
 * once.
 *
 * <p>While every worker is at a long request, one more thread lets short ones pass, and shares the
 * cores with them: what takes milliseconds is not to wait for what takes seconds.
 *
 * <p>One of them at a time is at a long program ({@link LongPrograms}).
 *
 * <p>A call that ends takes its requests along: out of the queue, or off the thread at the next
 * interruption point. A request that a worker has begun and left to somebody else, such as another
 * worker that is at the same work already, goes on counting until it has its answer.
 */
final class SimulationPool implements Workers.Source<Turn> {
  /** What workers do. */
  interface Work {
    /** Answers or fails the job, now or later. What it throws fails the job. */
    void begin(Job job);
  }

  /** How often a request that waits is looked at: what runs may turn out to be long. */
  private static final long LOOK_MILLIS = 5;

  private final Admission admission;
  private final Accounts accounts;
  private final FairQueue<Job> queue = new FairQueue<>();
  private final Room<Job> room = new Room<>();
  private final Entrance entrance;
  private final Turns turns;
  private final LongPrograms longPrograms;
  private final Workers<Turn> workers;
  private int living;
  private boolean closed;

  /** Starts the threads. */
  SimulationPool(Work work, Admission admission) {
    this(work, admission, new Accounts(new ServiceTimes(), System::nanoTime));
  }

  /** Starts the threads, with accounts of nothing yet. */
  SimulationPool(Work work, Admission admission, Accounts accounts) {
    this.admission = admission;
    this.accounts = accounts;
    this.entrance = new Entrance(admission, accounts, queue, room);
    this.turns = new Turns(work, admission, accounts, queue, room);
    this.longPrograms = new LongPrograms(Math.max(1, admission.workers() / 2));
    this.living = admission.threads();
    this.workers = new Workers<>(living, this, this::take);
  }

  /**
   * Has a request of the current call worked on by another thread. The client is told, on that
   * thread, unless the call ends before.
   *
   * @throws StatusRuntimeException if there is no room for the request, or no time
   */
  void submit(Job.Origin origin, ToldClient.Client client) {
    Job job = new Job(origin, client, this);
    PushedOut others;
    try {
      job.requireWanted();
      others = admit(job);
    } catch (RuntimeException | Error refusal) {
      job.refused(refusal);
      throw refusal;
    }
    try {
      job.follow();
    } finally {
      others.tell();
    }
  }

  /**
   * Refuses a whole call that would be refused whatever it asks for, before its request is read: on
   * an overloaded server that takes the time which answers need.
   *
   * @param heapBytes that the request will take in memory, at the least
   * @return up to how many bytes that may be without another question, as far as is known now
   * @throws StatusRuntimeException if there is no hope
   */
  synchronized long requireHope(long heapBytes) {
    return entrance.requireHope(heapBytes);
  }

  /**
   * Refuses a request, of a stream say, for which there is no room, before it is weighed.
   *
   * @param heapBytes that it takes in memory, at the least
   * @throws StatusRuntimeException if there is none
   */
  synchronized void requireRoom(long heapBytes) {
    entrance.requireRoom(heapBytes);
  }

  /** Lets a job in. Returns those that had to make way for it. */
  private synchronized PushedOut admit(Job job) {
    if (closed) {
      throw Refusals.shuttingDown().asRuntimeException();
    }
    PushedOut pushedOut = entrance.admit(job);
    notify();
    return pushedOut;
  }

  /** Goes on with a job that was put aside, before anything that waits. */
  void resume(Job job, Runnable task) {
    synchronized (this) {
      if (living > 0) {
        turns.resume(job, task);
        notify();
        return;
      }
    }
    try { // at the end of a server that did not wait for it
      task.run();
    } finally {
      longPrograms.end();
    }
  }

  /** The current worker's program grows long: waits until no other's is. */
  void beforeLongProgram(Interruption interruption) {
    long since = accounts.now();
    try {
      longPrograms.begin(interruption);
    } finally {
      stood(accounts.now() - since);
    }
  }

  private synchronized void stood(long nanos) {
    accounts.stood(nanos);
  }

  /** Takes no more; what runs and waits goes on to its end or its interruption. */
  synchronized void shutdown() {
    closed = true;
    notifyAll();
  }

  /** Waits until nothing runs any more. Returns whether that is so. */
  boolean awaitTermination(int seconds) throws InterruptedException {
    return workers.awaitEnd(seconds);
  }

  /** What is going on now, and has been. */
  synchronized ServerStatistics.Pool statistics() {
    return new ServerStatistics.Pool(
        queue.size(),
        accounts.running(),
        room.size(),
        room.bytes(),
        admission.admitted(),
        admission.refused(),
        workers.faults());
  }

  /** How long workers have been busy, all of them together. */
  synchronized long busyNanos() {
    return accounts.busy();
  }

  /** What to do next, begun; nothing at the end. */
  @Override
  public synchronized Optional<Turn> next() throws InterruptedException {
    while (true) {
      Optional<Turn> turn = turns.next();
      if (turn.isPresent()) {
        return turn;
      }
      if (turns.isEmpty()) {
        if (closed) {
          living--;
          return turn;
        }
        if (accounts.running() == 0) {
          queue.settle();
        }
        wait();
      } else {
        wait(LOOK_MILLIS);
      }
    }
  }

  private void take(Turn turn) {
    Optional<Throwable> failure = Optional.empty();
    try {
      turn.task().run();
    } catch (Throwable thrown) { // errors too: a request that exhausts the stack fails alone
      failure = Optional.of(thrown);
    }
    longPrograms.end();
    try {
      turnEnded(turn);
    } finally {
      failure.ifPresent(thrown -> tell(turn.job(), thrown));
    }
  }

  private synchronized void turnEnded(Turn turn) {
    turns.end(turn);
  }

  private static void tell(Job job, Throwable failure) {
    if (!job.fail(failure)) { // it has ended: nobody else would hear of a fault
      RequestLog.failed("worker", failure);
    }
  }

  @Override
  public synchronized void faulted() {
    accounts.faulted();
  }

  /** A job has its answer, its failure, or no call any more. */
  synchronized void ended(Job job, boolean answered) {
    entrance.leave(job, answered);
  }
}
