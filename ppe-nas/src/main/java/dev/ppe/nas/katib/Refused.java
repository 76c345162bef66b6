package dev.ppe.nas.katib;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** What requests are refused with: always the sender's fault, said in a line. */
final class Refused {
  /** Reasons are a header, and clients take headers of 8 KiB. */
  private static final int LONGEST_REASON = 500;

  private Refused() {}

  /** What was asked for cannot be understood, or does not fit together. */
  static StatusRuntimeException invalid(String reason) {
    return with(Status.INVALID_ARGUMENT, reason);
  }

  /** More was asked for than is done in one request. */
  static StatusRuntimeException tooMuch(String what, long count, long most) {
    return with(
        Status.RESOURCE_EXHAUSTED, "%s: %d, must be %d or less".formatted(what, count, most));
  }

  /** There is nothing more to suggest. */
  static StatusRuntimeException exhausted(String reason) {
    return with(Status.OUT_OF_RANGE, reason);
  }

  /** Nobody waits for the answer any more. */
  static StatusRuntimeException cancelled() {
    return with(Status.CANCELLED, "the call has ended");
  }

  private static StatusRuntimeException with(Status status, String reason) {
    String cut = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    return status.withDescription(cut.replaceAll("\\p{Cntrl}+", " ")).asRuntimeException();
  }
}
