package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where estimates are made: a fixed number of threads, each with one request at a time, and a
 * {@link FairQueue} before them. What is open is bounded in requests, in bytes and in time ({@link
 * Admission}). What does not fit into the {@link Room}, or would be done too late, is refused at
 * once.
 *
 * <p>While every worker is at a long request, one more thread lets short ones pass, and shares the
 * cores with them: what takes milliseconds is not to wait for what takes seconds.
 *
 * <p>A call that ends takes its requests along: out of the queue, or off the thread at the next
 * interruption point. A request that a worker has begun and left to somebody else, such as another
 * worker that is at the same work already, goes on counting until it has its answer.
 */
final class SimulationPool implements Workers.Source<SimulationPool.Turn> {
  /** What workers do. */
  interface Work {
    /** Answers or fails the job, now or later. What it throws fails the job. */
    void begin(Job job);
  }

  /** What a worker is to do next for a request. */
  record Turn(Job job, Effort effort, Runnable task) {}

  /** So many times as long must all workers be busy as the request takes that passes them. */
  private static final int MUCH_LONGER = 4;

  /** How often a request that waits is looked at: what runs may turn out to be long. */
  private static final long LOOK_MILLIS = 5;

  private record Resumed(Job job, Runnable task) {}

  private final Work work;
  private final Admission admission;
  private final Accounts accounts;
  private final Workers<Turn> workers;

  private final FairQueue<Job> queue = new FairQueue<>();
  private final Room<Job> room = new Room<>();
  private final Deque<Resumed> resumed = new ArrayDeque<>();
  private int living;
  private boolean closed;

  /** Starts the threads. */
  SimulationPool(Work work, Admission admission) {
    this(work, admission, new Accounts(new ServiceTimes(), System::nanoTime));
  }

  /**
   * Starts the threads.
   *
   * @param accounts of nothing yet
   */
  SimulationPool(Work work, Admission admission, Accounts accounts) {
    this.work = work;
    this.admission = admission;
    this.accounts = accounts;
    this.living = admission.threads();
    this.workers = new Workers<>(living, this, this::take);
  }

  /**
   * Has a request of the current call worked on by another thread. The client is told, on that
   * thread, unless the call ends before.
   *
   * @throws StatusRuntimeException if there is no room for the request, or no time
   */
  void submit(Job.Origin origin, Job.Client client) {
    Job job = new Job(origin, client, this);
    List<Job> others;
    try {
      job.requireWanted();
      job.spendQuota();
      others = admit(job);
    } catch (RuntimeException refusal) {
      job.refused(refusal);
      throw refusal;
    }
    job.follow();
    others.forEach(this::pushOut);
  }

  /** What goes wrong with telling it concerns neither the others nor who took its place. */
  private void pushOut(Job other) {
    try {
      other.pushOut(admission.pushedOut(retryNanos()));
    } catch (RuntimeException failure) {
      RequestLog.failed("worker", failure);
    }
  }

  /**
   * Refuses a whole call that would be refused whatever it asks for, before its request is read: on
   * an overloaded server that takes the time which answers need.
   *
   * @param bytes of the request
   * @throws StatusRuntimeException if there is no hope
   */
  synchronized void requireHope(long bytes) {
    ClientIdentity identity = ClientIdentity.current();
    if (idle()) {
      return;
    }
    makingWay(identity, bytes);
    requirePatience(new FairQueue.Ticket(identity, deadlineOfCall(), 0));
  }

  private long deadlineOfCall() {
    Deadline deadline = Context.current().getDeadline();
    long left =
        deadline == null ? Admission.PATIENCE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return accounts.now() + left;
  }

  /** Lets a job in. Returns those that had to make way for it, and have to be told. */
  private synchronized List<Job> admit(Job job) {
    if (closed) {
      throw Refusals.shuttingDown().asRuntimeException();
    }
    Effort effort = accounts.expected(job);
    FairQueue.Ticket ticket =
        new FairQueue.Ticket(
            job.identity(), accounts.now() + job.left(Admission.PATIENCE), effort.expected());
    admission.requireTime(job, expectedWait(ticket), effort.expected(), retryNanos());
    if (job.origin().wholeCall()) {
      requirePatience(ticket);
    }
    List<Job> pushedOut = makingWay(job.identity(), job.origin().bytes());
    for (Job other : pushedOut) {
      queue.remove(other);
      room.leave(other);
    }
    accounts.enter(job, effort);
    room.enter(job, new Room.Claim(job.identity(), ticket.deadline(), job.origin().bytes()));
    queue.add(ticket, job);
    admission.taken();
    notify();
    return pushedOut;
  }

  private List<Job> makingWay(ClientIdentity identity, long bytes) {
    return room.makingWay(identity, bytes, admission::fits)
        .orElseThrow(() -> admission.full(room.size(), room.bytes(), retryNanos()));
  }

  private void requirePatience(FairQueue.Ticket ticket) {
    if (queue.waitingOf(ticket.client()) > 0) {
      admission.requirePatience(expectedWait(ticket), retryNanos());
    }
  }

  private long expectedWait(FairQueue.Ticket ticket) {
    return idle() // else not nothing: what runs longer than expected may go on
        ? 0
        : 1 + (queue.ahead(ticket) + accounts.remaining()) / admission.workers();
  }

  private synchronized long retryNanos() {
    return admission.retryNanos(queue.backlog() + accounts.remaining());
  }

  private boolean idle() {
    return queue.isEmpty() && accounts.running() < admission.workers();
  }

  /** Goes on with a job that was put aside, before anything that waits. */
  void resume(Job job, Runnable task) {
    synchronized (this) {
      if (living > 0) {
        resumed.add(new Resumed(job, task));
        notify();
        return;
      }
    }
    task.run(); // at the end of a server that did not wait for it
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
      Optional<Turn> turn =
          accounts.running() < admission.workers()
              ? nextResumed().or(this::nextJob)
              : nextThatPasses();
      if (turn.isPresent()) {
        return turn;
      }
      if (queue.isEmpty() && resumed.isEmpty()) {
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

  private Optional<Turn> nextResumed() {
    Resumed next = resumed.poll();
    if (next == null) {
      return Optional.empty();
    }
    Effort effort = accounts.of(next.job());
    queue.charge(next.job().identity(), effort.left()); // again: it takes another turn
    return Optional.of(begin(new Turn(next.job(), effort, next.task())));
  }

  private Optional<Turn> nextJob() {
    return queue.poll().map(this::firstTurn);
  }

  /** What is short beside what every worker is at. */
  private Optional<Turn> nextThatPasses() {
    if (accounts.running() >= admission.threads()) {
      return Optional.empty();
    }
    long busy = accounts.untilOneIsFree();
    return queue.poll(next -> MUCH_LONGER * next.cost() <= busy).map(this::firstTurn);
  }

  private Turn firstTurn(Job job) {
    Effort effort = accounts.of(job);
    job.waited(effort.waited(accounts.now()));
    if (!queue.isEmpty() && job.left(Long.MAX_VALUE) < effort.expected()) {
      StatusRuntimeException tooLate = admission.tooLate(job, 0, effort.expected(), retryNanos());
      return begin(
          new Turn(
              job,
              effort,
              () -> {
                throw tooLate;
              }));
    }
    return begin(
        new Turn(
            job,
            effort,
            () -> {
              job.check();
              work.begin(job);
            }));
  }

  private Turn begin(Turn turn) {
    accounts.begin(turn.effort());
    room.hold(turn.job());
    return turn;
  }

  private void take(Turn turn) {
    Optional<Throwable> failure = Optional.empty();
    try {
      turn.task().run();
    } catch (Throwable thrown) { // errors too: a request that exhausts the stack fails alone
      failure = Optional.of(thrown);
    }
    try {
      turnEnded(turn);
    } finally {
      failure.ifPresent(turn.job()::fail);
    }
  }

  private synchronized void turnEnded(Turn turn) {
    queue.charge(turn.job().identity(), accounts.end(turn.effort()));
    room.release(turn.job());
  }

  @Override
  public synchronized void faulted() {
    accounts.faulted();
  }

  /** A job has its answer, its failure, or no call any more. */
  synchronized void ended(Job job, boolean answered) {
    queue.remove(job);
    room.leave(job);
    accounts.over(job, answered);
  }
}
