package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.Optional;

/**
 * The stream of HTTP/2 whose headers a connection's thread hands to gRPC: a call that gRPC begins
 * meanwhile is the stream's.
 */
final class BegunStream implements AutoCloseable {
  private static final ThreadLocal<BegunStream> CURRENT = new ThreadLocal<>();

  private final Runnable reset;
  private Optional<ArrivingCall> call = Optional.empty();
  private boolean takenBack;
  private Optional<Future<?>> timer = Optional.empty();

  private BegunStream(Runnable reset) {
    this.reset = reset;
  }

  /**
   * The current thread's, until it is closed.
   *
   * @param reset gives it up, from any thread
   */
  static BegunStream begin(Runnable reset) {
    BegunStream begun = new BegunStream(reset);
    CURRENT.set(begun);
    return begun;
  }

  /** A call has begun on the current thread: of its stream, or of none that could be watched. */
  static ArrivingCall callOf(ArrivingCalls calls) {
    BegunStream begun = CURRENT.get();
    if (begun == null) {
      return new ArrivingCall(calls, Thread.currentThread(), () -> {});
    }
    ArrivingCall call = new ArrivingCall(calls, Thread.currentThread(), begun.reset);
    begun.call = Optional.of(call);
    return call;
  }

  /** The stream's call, if gRPC has begun one. */
  Optional<ArrivingCall> call() {
    return call;
  }

  /** Its client wants no answer any more, or takes none. */
  void takeBack() {
    takenBack = true;
  }

  /**
   * Whether it ended for that, or without its call's answer for whatever reason, or had one too
   * many of its client's calls.
   */
  boolean isLost() {
    return takenBack || call.filter(ArrivingCall::isLost).isPresent();
  }

  /** It will be given up by a timer. */
  void endBy(Future<?> task) {
    timer = Optional.of(task);
  }

  /** It has ended. */
  void end() {
    timer.ifPresent(task -> task.cancel(false));
  }

  @Override
  public void close() {
    CURRENT.remove();
  }
}
