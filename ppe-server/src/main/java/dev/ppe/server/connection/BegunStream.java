package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
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
  private boolean answered;
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

  /**
   * A call has begun on the current thread: of its stream, or of none that could be watched.
   *
   * @param mayPack whether its messages may be packed
   */
  static ArrivingCall callOf(ArrivingCalls calls, boolean mayPack) {
    BegunStream begun = CURRENT.get();
    if (begun == null) {
      return new ArrivingCall(calls, mayPack, Thread.currentThread(), () -> {});
    }
    ArrivingCall call = new ArrivingCall(calls, mayPack, Thread.currentThread(), begun.reset);
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

  /** The server has said all, while its client has more to say. */
  void answered() {
    answered = true;
  }

  /**
   * Whether it has come to nothing, at its end: without an answer, or as one too many of its
   * client's calls.
   *
   * @param inOrder each side has said that it has said all, but for who took it back
   */
  boolean isLost(boolean inOrder) {
    boolean toldAll = answered || (inOrder && !takenBack);
    return !toldAll
        || call.flatMap(its -> its.place().refusal()).filter(Refusal.CLIENT::equals).isPresent();
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
