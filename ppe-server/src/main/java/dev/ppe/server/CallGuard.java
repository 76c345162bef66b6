package dev.ppe.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Ends a call with the status that {@link dev.ppe.wire.Statuses} has for whatever its handler
 * throws, errors included. Left to itself, gRPC would say UNKNOWN.
 */
final class CallGuard implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    // The handler may be about to answer, on another thread, when the guard closes the call.
    ClosableCall<Q, A> closable = new ClosableCall<>(call);
    try {
      return new GuardedListener<>(closable, next.startCall(closable, headers));
    } catch (Throwable failure) {
      close(closable, failure);
      return new ServerCall.Listener<>() {};
    }
  }

  private static void close(ClosableCall<?, ?> call, Throwable failure) {
    RequestLog.failed(call.getMethodDescriptor().getFullMethodName(), failure);
    StatusRuntimeException exception = Refusals.exceptionOf(failure);
    Metadata trailers = exception.getTrailers();
    call.close(exception.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ClosableCall<Q, ?> call;
    private boolean received;
    private boolean failed;

    GuardedListener(ClosableCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(
          () -> {
            if (received && needsOne(call.getMethodDescriptor().getType())) {
              throw Status.INVALID_ARGUMENT
                  .withDescription("the call has more than one request")
                  .asRuntimeException();
            }
            received = true;
            super.onMessage(message);
          });
    }

    @Override
    public void onHalfClose() {
      guard(
          () -> {
            if (!received && needsOne(call.getMethodDescriptor().getType())) {
              throw Status.INVALID_ARGUMENT
                  .withDescription("the call ended without a request")
                  .asRuntimeException();
            }
            super.onHalfClose();
          });
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private static boolean needsOne(MethodDescriptor.MethodType type) {
      return type.clientSendsOneMessage();
    }

    private void guard(Runnable callback) {
      if (failed) {
        return;
      }
      try {
        callback.run();
      } catch (Throwable failure) {
        failed = true;
        close(call, failure);
      }
    }
  }
}
