package dev.ppe.wire;

import java.util.concurrent.CancellationException;

/** Thrown by an {@link dev.ppe.simulator.Interruption} when the caller's deadline has passed. */
public final class DeadlineExceededException extends CancellationException {
  private static final long serialVersionUID = 1L;

  /** Says which deadline. */
  public DeadlineExceededException(String message) {
    super(message);
  }
}
