package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import dev.ppe.wire.DeadlineExceededException;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** The end of the current call: its deadline, if it has one, and its cancellation. */
final class CallEnd {
  private final Context context = Context.current();
  private final Optional<Deadline> deadline = Optional.ofNullable(context.getDeadline());
  private final Interruption clock =
      deadline.isPresent() ? Interruption.nowAndThen(this::requireTime) : Interruption.NEVER;

  /** Nanoseconds until the deadline; {@code otherwise} if there is none. */
  long left(long otherwise) {
    return deadline.map(end -> end.timeRemaining(TimeUnit.NANOSECONDS)).orElse(otherwise);
  }

  /** Looks at the clock itself, so a timer thread that gets no CPU does not keep work going. */
  boolean isLate() {
    return deadline.isPresent() && deadline.get().isExpired();
  }

  /**
   * Goes on only before the deadline.
   *
   * @throws DeadlineExceededException after it
   */
  void requireTime() {
    if (isLate()) {
      throw new DeadlineExceededException("the deadline passed before the estimate was done");
    }
  }

  /** The same, but for the times between two looks at the clock. */
  void requireTimeNowAndThen() {
    clock.check();
  }

  /**
   * Goes on only while the call is open.
   *
   * @throws CancellationException once it has ended
   */
  void requireOpen() {
    if (context.isCancelled()) {
      throw cancellation();
    }
  }

  /** Both, for work on the call's own thread. */
  Interruption asInterruption() {
    return () -> {
      requireOpen();
      requireTimeNowAndThen();
    };
  }

  /** What work is told whose call has ended. */
  static CancellationException cancellation() {
    return new CancellationException("the call was cancelled before the estimate was done");
  }

  /** Has a listener told of the end; at once if that was before. */
  void tell(Context.CancellationListener listener) {
    context.addListener(listener, Runnable::run);
  }

  void tellNoMore(Context.CancellationListener listener) {
    context.removeListener(listener);
  }
}
