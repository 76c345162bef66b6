package dev.ppe.server.security;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** RESOURCE_EXHAUSTED with the time after which the same request is worth another attempt. */
public final class RetryLater {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private RetryLater() {}

  /** The exception that ends such a call. */
  public static StatusRuntimeException after(long nanos, String message) {
    Duration delay =
        Duration.newBuilder()
            .setSeconds(nanos / NANOS_PER_SECOND)
            .setNanos((int) (nanos % NANOS_PER_SECOND))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage(message)
            .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
            .build());
  }
}
