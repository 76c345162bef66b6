package dev.ppe.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that clients keep open for as long as they live: watches of health, and reflection. A
 * connection cannot end before they do, so a server that ends ends them.
 */
final class LongCalls implements ServerInterceptor {
  private final Set<ClosableCall<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ClosableCall<Q, A> closable = new ClosableCall<>(call);
    open.add(closable);
    ServerCall.Listener<Q> listener = next.startCall(closable, headers);
    if (ending) {
      closable.close(Refusals.shuttingDown(), new Metadata());
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onCancel() {
        open.remove(closable);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        open.remove(closable);
        super.onComplete();
      }
    };
  }

  /** Ends those that are open, and those that are still to come. */
  void end() {
    ending = true;
    open.forEach(call -> call.close(Refusals.shuttingDown(), new Metadata()));
  }
}
