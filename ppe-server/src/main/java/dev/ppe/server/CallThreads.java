package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which calls are read, refused and begun: a fixed number. The steps of one client's
 * calls are taken in the order in which they came, those of several clients by turns, so that a
 * step waits for one step of each other client at most, however many they have. One client has all
 * of them but one: steps that are long, such as the reading of messages of the largest size, leave
 * a thread to the others. A client here is whoever is at the other end of the connection; what a
 * call's token says is not known yet.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {
  private static final int MOST_AT_THE_DOOR = 1024;

  private final ExecutorService threads;

  /** How many steps of one client are taken at the same time. */
  private final int mostOfOne;

  /**
   * Takes calls that have no client yet, and ends those that were taken back; is never long. Where
   * calls come faster, it is done by the threads that bring them, which then bring fewer.
   */
  private final ExecutorService door =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_AT_THE_DOOR),
          work -> new Thread(work, "call-door"),
          (step, full) -> step.run());

  /** The steps of one client that are to be taken, and how many are being taken. */
  private static final class Share {
    private final ClientIdentity client;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private int running;
    private boolean hasTurn;

    Share(ClientIdentity client) {
      this.client = client;
    }
  }

  /** A step on a thread. */
  private record Turn(Share share, Runnable step) {}

  /** Of each client that has something waiting or running. */
  private final Map<ClientIdentity, Share> shares = new HashMap<>();

  /** Those whose next step may be taken, the next first. */
  private final Queue<Share> turns = new ArrayDeque<>();

  /** Starts the threads as they are needed. */
  CallThreads(int count) {
    mostOfOne = Math.max(1, count - 1);
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count, work -> new Thread(work, "call-" + number.incrementAndGet()));
  }

  /** For the first step of each call, which looks its method up, and for its being taken back. */
  Executor door() {
    return door;
  }

  @Override
  public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    return of(ClientIdentity.of(call.getAttributes()));
  }

  /** Where a client's steps are taken. */
  Executor of(ClientIdentity client) {
    return step -> {
      add(client, step);
      try {
        threads.execute(this::takeAll); // wakes a thread, if one sleeps
      } catch (RejectedExecutionException closed) {
        takeOut(client, step);
        throw closed;
      }
    };
  }

  /** Until no more may be taken: what a finished step makes way for is taken by its thread. */
  private void takeAll() {
    for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
      take(turn.get());
    }
  }

  private void take(Turn turn) {
    try {
      turn.step().run();
    } catch (Throwable failure) { // others' steps wait for this thread
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } finally {
      over(turn.share());
    }
  }

  private synchronized void add(ClientIdentity client, Runnable step) {
    Share share = shares.computeIfAbsent(client, Share::new);
    share.steps.add(step);
    queue(share);
  }

  private synchronized void takeOut(ClientIdentity client, Runnable step) {
    Share share = shares.get(client);
    if (share != null) {
      share.steps.removeLastOccurrence(step); // none left is no turn, either
    }
  }

  private synchronized Optional<Turn> next() {
    for (Share share = turns.poll(); share != null; share = turns.poll()) {
      share.hasTurn = false;
      Runnable step = share.steps.peek();
      if (step != null) {
        Optional<Turn> turn = Optional.of(new Turn(share, step)); // first: memory may not hold it
        share.steps.remove();
        share.running++;
        queue(share);
        return turn;
      }
    }
    return Optional.empty();
  }

  private synchronized void over(Share share) {
    share.running--;
    queue(share);
    if (share.running == 0 && share.steps.isEmpty()) {
      shares.remove(share.client, share);
    }
  }

  /** Behind all others, if it has a step and not yet as many threads as one client may have. */
  private void queue(Share share) {
    if (!share.hasTurn && !share.steps.isEmpty() && share.running < mostOfOne) {
      share.hasTurn = true;
      turns.add(share);
    }
  }

  /** Takes no more steps; those that wait are taken. */
  @Override
  public void close() {
    door.shutdown();
    threads.shutdown();
  }
}
