package dev.ppe.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/**
 * How long an overloaded replica asks to be left alone: google.rpc.RetryInfo. It comes from outside
 * and may be anything: what cannot be read is no hint, and pauses are a day at most.
 */
public final class RetryHint {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryHint() {}

  /** The pause before the next attempt; none where the same request would fail again. */
  public static Optional<Duration> of(io.grpc.Status failure, Metadata trailers) {
    try {
      Status status = StatusProto.fromStatusAndTrailers(failure, trailers);
      for (Any detail : status.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          return Optional.of(pause(detail.unpack(RetryInfo.class).getRetryDelay()));
        }
      }
    } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
      return Optional.empty(); // details that are no message, or of another failure than this one
    }
    return Optional.empty();
  }

  /** Seconds may be any number of 64 bits, and nanoseconds of 32, whatever the contract says. */
  private static Duration pause(com.google.protobuf.Duration delay) {
    long seconds = Math.clamp(delay.getSeconds(), 0, LONGEST.toSeconds());
    Duration pause = Duration.ofSeconds(seconds, delay.getNanos());
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
