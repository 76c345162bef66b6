package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where estimates are made: a fixed number of threads, each with one request at a time, and a
 * {@link FairQueue} before them that is bounded in requests, in bytes and in time ({@link
 * Admission}). What does not fit, or would be done too late, is refused at once.
 *
 * <p>A call that ends takes its requests along: out of the queue, or off the thread at the next
 * interruption point. A request that a worker has begun and left to somebody else, such as another
 * worker that is at the same work already, goes on counting until it has its answer.
 */
final class SimulationPool {
  /** What workers do. */
  interface Work {
    /** Answers or fails the job, now or later. What it throws fails the job. */
    void begin(Job job);
  }

  private record Expected(SizeClass size, long cost) {}

  private record Resumed(Job job, Runnable task) {}

  private record Running(Expected expected, long since) {}

  private final Work work;
  private final Admission admission;
  private final ServiceTimes times = new ServiceTimes();
  private final CountDownLatch workersLeft;

  private final FairQueue<Job> queue = new FairQueue<>();
  private final Map<Job, Expected> open = new HashMap<>();
  private final Map<Thread, Running> running = new HashMap<>();
  private final Deque<Resumed> resumed = new ArrayDeque<>();
  private long openBytes;
  private int living;
  private boolean closed;

  /** Starts the threads. */
  SimulationPool(Work work, Admission admission) {
    this.work = work;
    this.admission = admission;
    this.living = admission.workers();
    this.workersLeft = new CountDownLatch(living);
    for (int number = 1; number <= admission.workers(); number++) {
      new Thread(this::run, "simulation-" + number).start();
    }
  }

  /**
   * Has a request of the current call worked on by another thread. The client is told, on that
   * thread, unless the call ends before.
   *
   * @throws StatusRuntimeException if there is no room for the request, or no time
   */
  void submit(Job.Origin origin, Job.Client client) {
    Job job = new Job(origin, client, this);
    try {
      job.requireWanted();
      job.spendQuota();
      take(job);
    } catch (RuntimeException refusal) {
      job.refused(refusal);
      throw refusal;
    }
    job.follow();
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
    if (!admission.fits(open.size(), openBytes, bytes) && !queue.makesWayFor(identity)) {
      throw admission.full(open.size(), openBytes, retryNanos());
    }
    if (queue.waitingOf(identity) > 0) {
      long ahead = queue.ahead(new FairQueue.Ticket(identity, deadlineOfCall(), 0));
      admission.requirePatience((ahead + remaining()) / admission.workers(), retryNanos());
    }
  }

  private static long deadlineOfCall() {
    Deadline deadline = Context.current().getDeadline();
    long left =
        deadline == null ? Admission.PATIENCE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return System.nanoTime() + left;
  }

  private void take(Job job) {
    List<Job> pushedOut = new ArrayList<>();
    try {
      admit(job, pushedOut);
    } finally {
      pushedOut.forEach(other -> other.fail(admission.pushedOut(retryNanos())));
    }
  }

  private synchronized void admit(Job job, List<Job> pushedOut) {
    if (closed) {
      throw Refusals.shuttingDown().asRuntimeException();
    }
    SizeClass size = SizeClass.of(job.request());
    long cost = times.expected(size);
    FairQueue.Ticket ticket =
        new FairQueue.Ticket(
            job.identity(), System.nanoTime() + job.left(Admission.PATIENCE), cost);
    long wait = // what runs longer than expected may go on
        idle() ? 0 : 1 + (queue.ahead(ticket) + remaining()) / admission.workers();
    admission.requireTime(job, wait, cost, retryNanos());
    if (job.origin().wholeCall() && queue.waitingOf(job.identity()) > 0) {
      admission.requirePatience(wait, retryNanos());
    }
    while (!admission.fits(open.size(), openBytes, job.origin().bytes())) {
      Job victim =
          queue
              .pushOut(job.identity())
              .orElseThrow(() -> admission.full(open.size(), openBytes, retryNanos()));
      forget(victim);
      pushedOut.add(victim);
    }
    open.put(job, new Expected(size, cost));
    openBytes += job.origin().bytes();
    queue.add(ticket, job);
    admission.taken();
    notify();
  }

  private synchronized long retryNanos() {
    return admission.retryNanos(queue.backlog() + remaining());
  }

  private boolean idle() {
    return queue.isEmpty() && running.size() < admission.workers();
  }

  /** How long the jobs that run are still expected to. */
  private long remaining() {
    long now = System.nanoTime();
    return running.values().stream()
        .mapToLong(job -> Math.max(0, job.expected().cost() - (now - job.since())))
        .sum();
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
    return workersLeft.await(seconds, TimeUnit.SECONDS);
  }

  /** What is going on now, and has been. */
  synchronized ServerStatistics.Pool statistics() {
    return new ServerStatistics.Pool(
        queue.size(),
        running.size(),
        open.size(),
        openBytes,
        admission.admitted(),
        admission.refused());
  }

  private void run() {
    try {
      for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
        task.get().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workersLeft.countDown();
    }
  }

  /** What to do next; nothing at the end. */
  private synchronized Optional<Runnable> next() throws InterruptedException {
    while (true) {
      Optional<Runnable> task = nextResumed().or(this::nextJob);
      if (task.isPresent()) {
        return task;
      }
      if (closed) {
        living--;
        return task;
      }
      if (running.isEmpty()) {
        queue.settle();
      }
      wait();
    }
  }

  private Optional<Runnable> nextResumed() {
    Resumed next = resumed.poll();
    if (next == null) {
      return Optional.empty();
    }
    Expected expected =
        open.getOrDefault(next.job(), new Expected(SizeClass.of(next.job().request()), 0));
    queue.charge(next.job().identity(), expected.cost()); // again: it takes another turn
    return Optional.of(() -> work(next.job(), expected, next.task()));
  }

  private Optional<Runnable> nextJob() {
    return queue.poll().map(this::taken);
  }

  private Runnable taken(Job job) {
    Expected expected = open.get(job);
    if (expected == null) {
      throw new IllegalStateException("a job waited that is not open");
    }
    if (!queue.isEmpty() && job.left(Long.MAX_VALUE) < expected.cost()) {
      queue.charge(job.identity(), -expected.cost()); // it was not served
      StatusRuntimeException tooLate = admission.tooLate(job, 0, expected.cost(), retryNanos());
      return () -> job.fail(tooLate);
    }
    return () ->
        work(
            job,
            expected,
            () -> {
              job.check();
              work.begin(job);
            });
  }

  private void work(Job job, Expected expected, Runnable task) {
    started(expected);
    Optional<Throwable> failure = Optional.empty();
    try {
      task.run();
    } catch (Throwable thrown) { // errors too: a request that exhausts the stack fails alone
      failure = Optional.of(thrown);
    }
    stopped(job, failure.isEmpty());
    failure.ifPresent(job::fail);
  }

  private synchronized void started(Expected expected) {
    running.put(Thread.currentThread(), new Running(expected, System.nanoTime()));
  }

  private synchronized void stopped(Job job, boolean well) {
    Running done = running.remove(Thread.currentThread());
    if (done == null) {
      throw new IllegalStateException("stopped before it began");
    }
    long took = System.nanoTime() - done.since();
    queue.charge(job.identity(), took - done.expected().cost());
    if (well) {
      times.observed(done.expected().size(), took);
    } else if (job.over()) {
      times.tookMoreThan(done.expected().size(), took);
    }
  }

  /** A job has its answer, its failure, or no call any more. */
  synchronized void ended(Job job) {
    queue.remove(job);
    forget(job);
  }

  private void forget(Job job) {
    if (open.remove(job) != null) {
      openBytes -= job.origin().bytes();
    }
  }
}
