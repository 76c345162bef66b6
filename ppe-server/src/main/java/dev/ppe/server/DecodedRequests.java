package dev.ppe.server;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.wire.Statuses;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * A service whose requests' bytes need not parse. gRPC answers such bytes with UNKNOWN, before any
 * interceptor sees them; here the failure travels in place of the message and is thrown where an
 * interceptor around this service catches it.
 */
final class DecodedRequests {
  private DecodedRequests() {}

  /** The same service, which throws from {@code onMessage} for bytes that do not parse. */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    return ServiceMethods.replaced(service, DecodedRequests::method);
  }

  private static <Q, A> ServerMethodDefinition<Decoded<Q>, A> method(
      ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                new DecodingMarshaller<>(descriptor.getRequestMarshaller()),
                descriptor.getResponseMarshaller())
            .build(),
        handler(method.getServerCallHandler()));
  }

  private static <Q, A> ServerCallHandler<Decoded<Q>, A> handler(ServerCallHandler<Q, A> handler) {
    return (call, headers) -> unwrapping(handler, call, headers);
  }

  private static <Q, A> ServerCall.Listener<Decoded<Q>> unwrapping(
      ServerCallHandler<Q, A> handler, ServerCall<Decoded<Q>, A> call, Metadata headers) {
    @SuppressWarnings("unchecked") // a handler sends answers; requests it gets by its listener only
    ServerCall<Q, A> sameCall = (ServerCall<Q, A>) (ServerCall<?, ?>) call;
    ServerCall.Listener<Q> listener = handler.startCall(sameCall, headers);
    return new UnwrappingListener<>(listener);
  }

  /** A request, or why there is none. */
  private sealed interface Decoded<Q> {
    record Message<Q>(Q message) implements Decoded<Q> {}

    record Failure<Q>(Throwable failure) implements Decoded<Q> {}
  }

  private record DecodingMarshaller<Q>(Marshaller<Q> marshaller) implements Marshaller<Decoded<Q>> {
    @Override
    public Decoded<Q> parse(InputStream stream) {
      try {
        return new Decoded.Message<>(marshaller.parse(stream));
      } catch (Throwable failure) { // out of memory, too, is for the interceptor to tell
        return new Decoded.Failure<>(failure);
      }
    }

    @Override
    public InputStream stream(Decoded<Q> value) {
      throw new IllegalStateException("a server sends no requests");
    }
  }

  private static final class UnwrappingListener<Q> extends ServerCall.Listener<Decoded<Q>> {
    private final ServerCall.Listener<Q> listener;

    UnwrappingListener(ServerCall.Listener<Q> listener) {
      this.listener = listener;
    }

    @Override
    public void onMessage(Decoded<Q> decoded) {
      switch (decoded) {
        case Decoded.Message<Q>(Q message) -> listener.onMessage(message);
        case Decoded.Failure<Q>(StatusRuntimeException failure)
            when failure.getCause() instanceof InvalidProtocolBufferException invalid ->
            throw Statuses.of(invalid).asRuntimeException();
        case Decoded.Failure<Q>(Throwable failure) ->
            throw Statuses.of(failure).asRuntimeException(Status.trailersFromThrowable(failure));
      }
    }

    @Override
    public void onHalfClose() {
      listener.onHalfClose();
    }

    @Override
    public void onCancel() {
      listener.onCancel();
    }

    @Override
    public void onComplete() {
      listener.onComplete();
    }

    @Override
    public void onReady() {
      listener.onReady();
    }
  }
}
