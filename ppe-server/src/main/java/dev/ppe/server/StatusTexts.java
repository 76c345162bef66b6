package dev.ppe.server;

import dev.ppe.wire.Statuses;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Sends every status with a text of one line that fits HTTP/2 headers, whoever closes the call:
 * gRPC's own services put what they were asked for into theirs. Around everything else.
 */
final class StatusTexts implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            super.close(Statuses.printable(status), trailers);
          }
        },
        headers);
  }
}
