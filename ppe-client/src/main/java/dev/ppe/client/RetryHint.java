package dev.ppe.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/** How long an overloaded replica asks to be left alone: google.rpc.RetryInfo. */
public final class RetryHint {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private RetryHint() {}

  /** The pause before the next attempt; none where the same request would fail again. */
  static Optional<Duration> of(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    return of(failure.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** The same of how a call ended. */
  public static Optional<Duration> of(io.grpc.Status end, Metadata trailers) {
    Status status = StatusProto.fromStatusAndTrailers(end, trailers);
    if (status == null) {
      return Optional.empty();
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        return pause(detail);
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> pause(Any detail) {
    try {
      com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
      Duration pause = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
      return Optional.of(pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty(); // no hint that could be read is no hint
    }
  }
}
