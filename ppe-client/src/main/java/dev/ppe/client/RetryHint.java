package dev.ppe.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/** How long an overloaded replica asks to be left alone: google.rpc.RetryInfo. */
public final class RetryHint {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private RetryHint() {}

  /** The pause before the next attempt; none where the same request would fail again. */
  public static Optional<Duration> of(io.grpc.Status failure, Metadata trailers) {
    Status status = StatusProto.fromStatusAndTrailers(failure, trailers);
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
