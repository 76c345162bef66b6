package dev.ppe.server.observe;

import dev.ppe.server.security.ClientIdentity;
import dev.ppe.wire.Statuses;
import io.grpc.Context;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request from its beginning to its end: an answer, a failure, or the end of its call,
 * whichever comes first.
 */
public final class Observation {
  private final String id;
  private final String method;
  private final RequestRecord.Task task;
  private final Arrival arrival;
  private final Context context;
  private final List<RequestListener> listeners;
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile OptionalLong waited = OptionalLong.empty();
  private final Context.CancellationListener onEnd = this::callEnded;

  Observation(
      String id,
      String method,
      RequestRecord.Task task,
      Arrival arrival,
      Context context,
      List<RequestListener> listeners) {
    this.id = id;
    this.method = method;
    this.task = task;
    this.arrival = arrival;
    this.context = context;
    this.listeners = listeners;
    context.addListener(onEnd, Runnable::run);
  }

  /** It was taken out of a queue after so many nanoseconds. */
  public void waited(long nanos) {
    waited = OptionalLong.of(nanos);
  }

  /** It has its answer. */
  public void answered() {
    finish(Status.Code.OK, Optional.empty());
  }

  /**
   * There is no answer.
   *
   * @return whether that is news; false if the request is over already
   */
  public boolean failed(Throwable failure) {
    return finish(Statuses.of(failure).getCode(), Optional.of(failure));
  }

  private void callEnded(Context ended) {
    boolean late = ended.cancellationCause() instanceof TimeoutException;
    finish(late ? Status.Code.DEADLINE_EXCEEDED : Status.Code.CANCELLED, Optional.empty());
  }

  private boolean finish(Status.Code code, Optional<Throwable> failure) {
    if (!finished.compareAndSet(false, true)) {
      return false;
    }
    context.removeListener(onEnd);
    long nanos = arrival.nanosSince();
    context.run(
        () -> {
          RequestRecord record =
              new RequestRecord(
                  id, method, ClientIdentity.current(), task, code, arrival.time(), nanos, waited);
          listeners.forEach(listener -> listener.finished(record, failure));
        });
    return true;
  }
}
