package dev.ppe.client;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** What a replica says that has too much to do. */
final class Overload {
  private Overload() {}

  static StatusRuntimeException untilMillis(int millis) {
    RetryInfo hint =
        RetryInfo.newBuilder()
            .setRetryDelay(Duration.newBuilder().setNanos(1_000_000 * millis))
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage("the queue is full")
            .addDetails(Any.pack(hint))
            .build());
  }
}
