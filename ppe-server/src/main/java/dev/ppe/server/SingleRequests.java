package dev.ppe.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;

/**
 * A service that gRPC takes any number of requests for in a call. Left to itself, it cancels a call
 * of a method of one request that has two, before anybody sees the second; here {@link CallGuard}
 * gets to say what is wrong.
 */
final class SingleRequests {
  private SingleRequests() {}

  /** The same service; its handlers still see methods of one request. */
  static ServerServiceDefinition checkedByHandlers(ServerServiceDefinition service) {
    return ServiceMethods.replaced(
        service,
        method ->
            method.getMethodDescriptor().getType().clientSendsOneMessage() ? open(method) : method);
  }

  private static <Q, A> ServerMethodDefinition<Q, A> open(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    MethodType type =
        descriptor.getType().serverSendsOneMessage()
            ? MethodType.CLIENT_STREAMING
            : MethodType.BIDI_STREAMING;
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        descriptor.toBuilder().setType(type).build(),
        (call, headers) -> handler.startCall(new CallOf<>(call, descriptor), headers));
  }

  /** A call of the method that its handler knows. */
  private static final class CallOf<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final MethodDescriptor<Q, A> method;

    CallOf(ServerCall<Q, A> call, MethodDescriptor<Q, A> method) {
      super(call);
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }
  }
}
