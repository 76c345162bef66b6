package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import dev.ppe.wire.DeadlineExceededException;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Stops work whose call is over: cancelled, disconnected, or past its deadline. Looks at the clock
 * itself, so a timer thread that gets no CPU does not keep work going.
 */
final class CallInterruption implements Interruption {
  private final Context context;
  private final Optional<Deadline> deadline;

  CallInterruption(Context context) {
    this.context = context;
    this.deadline = Optional.ofNullable(context.getDeadline());
  }

  /** Whether the call is over. */
  boolean over() {
    return (deadline.isPresent() && deadline.get().isExpired()) || context.isCancelled();
  }

  @Override
  public void check() {
    if (deadline.isPresent() && deadline.get().isExpired()) {
      throw new DeadlineExceededException("the deadline passed before the estimate was done");
    }
    if (context.isCancelled()) {
      throw new CancellationException("the call was cancelled before the estimate was done");
    }
  }
}
