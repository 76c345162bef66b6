package dev.ppe.server;

import dev.ppe.server.observe.Observation;
import dev.ppe.server.security.ClientIdentity;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Context;
import java.util.concurrent.CancellationException;

/**
 * One request on its way to its answer. It ends once: answered, failed, or with its call, whichever
 * comes first; what comes later is dropped.
 */
final class Job implements Interruption, Context.CancellationListener {
  /**
   * What the pool is to be told.
   *
   * @param wholeCall whether the call is this one request, and not a stream, whose client sends the
   *     next one when an answer has come
   * @param observation of the request, which has begun
   */
  record Origin(UnreadRequest request, boolean wholeCall, Observation observation) {}

  private final CallEnd callEnd = new CallEnd();
  private final Origin origin;
  private final ClientIdentity identity = ClientIdentity.current();
  private final SimulationPool pool;
  private final ToldClient told;

  /** Written under the lock. Read at every step of the work, where a context would take its own. */
  private volatile boolean ended;

  private Runnable onAbandoned = () -> {};

  /** A request of the current call. */
  Job(Origin origin, ToldClient.Client client, SimulationPool pool) {
    this.origin = origin;
    this.pool = pool;
    this.told = new ToldClient(client, origin.observation());
  }

  /** It was not taken in: whoever submitted it tells the client. */
  void refused(Throwable refusal) {
    told.refusedBefore(refusal);
  }

  /**
   * Parses the request: once, on the thread that works on it.
   *
   * @throws CancellationException if the call has ended or is late
   * @throws io.grpc.StatusRuntimeException if it is no message
   */
  EstimateRequest request() {
    requireWaiting();
    EstimateRequest request = origin.request().reading().get();
    requireWaiting();
    return request;
  }

  SizeClass size() {
    return origin.request().size();
  }

  Origin origin() {
    return origin;
  }

  ClientIdentity identity() {
    return identity;
  }

  /** A worker takes it after so many nanoseconds in the queue. */
  void waited(long nanos) {
    told.waited(nanos);
  }

  /** Nanoseconds until the deadline; {@code otherwise} if there is none. */
  long left(long otherwise) {
    return callEnd.left(otherwise);
  }

  /**
   * Before the job {@link #follow follows} its call.
   *
   * @throws CancellationException if the call has ended or is late
   */
  void requireWanted() {
    requireWaiting();
    callEnd.requireOpen();
  }

  /** From now on the end of the call is the end of the job. */
  void follow() {
    callEnd.tell(this);
    if (ended) { // or a stream's context would remember all of its jobs
      callEnd.tellNoMore(this);
    }
  }

  /** What is to be done when the call ends before the job does; at once if the job has ended. */
  void onAbandoned(Runnable action) {
    synchronized (this) {
      if (!ended) {
        onAbandoned = action;
        return;
      }
    }
    action.run();
  }

  /** Has a worker go on with it: what it waited for is there. */
  void resume(Runnable task) {
    pool.resume(this, task);
  }

  /**
   * {@inheritDoc} Looks at the clock itself now and then, so a timer thread that gets no CPU does
   * not keep work going.
   *
   * @throws CancellationException if the call has ended or is late
   */
  @Override
  public void check() {
    if (ended) {
      requireWaiting();
    }
    callEnd.requireTimeNowAndThen();
  }

  @Override
  public void beforeLongProgram() {
    beforeLongProgram(this);
  }

  /** The same for work that goes on for as long as {@code others} want it. */
  void beforeLongProgram(Interruption others) {
    pool.beforeLongProgram(others);
  }

  /**
   * Looks at the clock in any case.
   *
   * @throws CancellationException if the call has ended or is late
   */
  void requireWaiting() {
    callEnd.requireTime();
    if (ended) {
      throw CallEnd.cancellation();
    }
  }

  /** Whether nobody waits for the answer any more. */
  boolean over() {
    return ended || callEnd.isLate();
  }

  /** Answers it, unless its client is to have no more answers now. */
  void answer(byte[] response, CacheStatus status) {
    if (end()) {
      try {
        pool.ended(this, true); // first: the answer makes the client send the next
      } finally {
        told.answer(response, status);
      }
    }
  }

  /**
   * Fails it. What goes wrong with that is this request's alone, and logged.
   *
   * @return whether that is news; false if it has ended before
   */
  boolean fail(Throwable failure) {
    boolean news = end();
    if (news) {
      try {
        pool.ended(this, false);
      } finally {
        told.fail(failure);
      }
    }
    return news;
  }

  /** Fails it for the sake of others: it leaves whatever it waits for, too. */
  void pushOut(Throwable failure) {
    try {
      fail(failure);
    } finally {
      abandoned();
    }
  }

  private void abandoned() {
    Runnable action;
    synchronized (this) {
      action = onAbandoned;
    }
    action.run();
  }

  @Override
  public void cancelled(Context call) {
    if (end()) {
      try {
        pool.ended(this, false);
      } finally {
        abandoned();
      }
    }
  }

  /** Whoever ends it first has to tell its client, whatever goes wrong on the way. */
  private boolean end() {
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
    }
    callEnd.tellNoMore(this);
    return true;
  }
}
