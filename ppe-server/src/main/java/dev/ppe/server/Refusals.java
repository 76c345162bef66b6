package dev.ppe.server;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import dev.ppe.server.security.RetryLater;
import dev.ppe.v1.EstimateError;
import dev.ppe.wire.Statuses;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a server says when it cannot take a request now. An overloaded one adds after which time the
 * same request is worth another attempt.
 */
final class Refusals {
  private static final long MEMORY_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Refusals() {}

  /** Too much to do; in so many nanoseconds there should be less. */
  static StatusRuntimeException overloaded(String reason, long retryNanos) {
    return RetryLater.after(retryNanos, "the server is overloaded: " + reason);
  }

  /** The end is near; another replica may have time. */
  static Status shuttingDown() {
    return Status.UNAVAILABLE.withDescription("the server is shutting down");
  }

  /** The exception that ends a call because of {@code failure}. */
  static StatusRuntimeException exceptionOf(Throwable failure) {
    return withHint(failure)
        .orElseGet(
            () -> Statuses.of(failure).asRuntimeException(Status.trailersFromThrowable(failure)));
  }

  /** The answer to one request of a stream that failed because of {@code failure}. */
  static EstimateError errorOf(Throwable failure) {
    EstimateError error = Statuses.errorOf(failure);
    return retryDelay(withHint(failure).<Throwable>map(hinted -> hinted).orElse(failure))
        .map(delay -> error.toBuilder().setRetryDelay(delay).build())
        .orElse(error);
  }

  /** Whose memory ran out may have had the misfortune of being beside others that took it. */
  private static Optional<StatusRuntimeException> withHint(Throwable failure) {
    return Statuses.of(failure).getCause() instanceof OutOfMemoryError
        ? Optional.of(overloaded("out of memory", MEMORY_RETRY_NANOS))
        : Optional.empty();
  }

  private static Optional<Duration> retryDelay(Throwable failure) {
    return Optional.ofNullable(StatusProto.fromThrowable(failure)).stream()
        .flatMap(status -> status.getDetailsList().stream())
        .filter(detail -> detail.is(RetryInfo.class))
        .map(Refusals::unpack)
        .findFirst();
  }

  private static Duration unpack(Any detail) {
    try {
      return detail.unpack(RetryInfo.class).getRetryDelay();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail of our own does not parse", e);
    }
  }
}
