package dev.ppe.client;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

/**
 * Why there is no answer. The same request fails in the same way in this process and on a replica;
 * {@link Code#UNAVAILABLE} is for those that cannot be reached.
 */
public final class PpeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What becomes of calls whose client is closed. */
  static final String CLOSED = "the client is closed";

  private final Code code;

  PpeException(Code code, String message) {
    super(message);
    this.code = code;
  }

  PpeException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The failure that a status tells of. */
  static PpeException of(Status status, Throwable cause) {
    String description = status.getDescription();
    return new PpeException(
        status.getCode(), description == null ? status.getCode().name() : description, cause);
  }

  /** gRPC's canonical code. */
  public Code code() {
    return code;
  }

  /** Whether servers had too much to do, and the same request is worth another attempt later. */
  public boolean isOverload() {
    return getCause() instanceof StatusRuntimeException failure
        && failure.getTrailers() != null
        && RetryHint.of(failure.getStatus(), failure.getTrailers()).isPresent();
  }

  /** What is wrong and where; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
