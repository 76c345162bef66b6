package dev.ppe.server.observe;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.List;

/** Observes every call of the service, from its headers to its end; gives each an id. */
public final class CallObserver implements ServerInterceptor {
  private final List<RequestListener> listeners;
  private final RequestIds ids = new RequestIds();

  /** Tells {@code listeners}, in their order. */
  public CallObserver(List<RequestListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodDescriptor<Q, A> method = call.getMethodDescriptor();
    ObservedCall observed =
        new ObservedCall(
            ids.of(headers),
            String.valueOf(method.getBareMethodName()),
            method.getType().clientSendsOneMessage(),
            listeners);
    ServerCall.Listener<Q> listener =
        Contexts.interceptCall(
            observed.in(Context.current()), new NamedCall<>(call, observed), headers, next);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        try {
          observed.ended(Status.Code.CANCELLED);
        } finally { // who holds a message is to hear of it
          super.onCancel();
        }
      }
    };
  }

  /** Sends the id along, and notes how the call is closed. */
  private static final class NamedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final ObservedCall observed;

    NamedCall(ServerCall<Q, A> call, ObservedCall observed) {
      super(call);
      this.observed = observed;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(RequestIds.KEY, observed.id());
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      trailers.discardAll(RequestIds.KEY);
      trailers.put(RequestIds.KEY, observed.id());
      observed.ended(status.getCode());
      super.close(status, trailers);
    }
  }
}
