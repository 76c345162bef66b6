package dev.ppe.client;

import io.grpc.Status;
import java.util.List;

/**
 * How a call ends whose replica ended first.
 *
 * <p>A replica that ends resets its calls, as unavailable or as cancelled, or, where it is killed
 * while a request is written to it, gRPC for Java says "UNKNOWN: channel closed", a code that our
 * servers never give on purpose. This client's own cancellations end a call before any policy is
 * asked.
 */
final class LostCall {
  /** Another replica may answer what ended with one of these. */
  static final List<Status.Code> CODES =
      List.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED, Status.Code.UNKNOWN);

  private LostCall() {}

  /** Whether a call that ended so may have been lost. */
  static boolean by(Status status) {
    return CODES.contains(status.getCode());
  }
}
