package dev.ppe.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/**
 * Counts the service's calls until their last byte has gone out, so that a server can end when the
 * last one has. Once closed it lets no new ones in.
 *
 * <p>gRPC's own waiting would include health watches and reflection, which clients keep open for as
 * long as they live.
 */
final class OpenCalls implements ServerInterceptor {
  private int open;
  private boolean closed;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!enter()) {
      call.close(Refusals.shuttingDown(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        leave();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        leave();
        super.onCancel();
      }
    };
  }

  private synchronized boolean enter() {
    if (!closed) {
      open++;
    }
    return !closed;
  }

  private synchronized void leave() {
    open--;
    notifyAll();
  }

  /** Lets no new ones in from here on. Returns how many are open. */
  synchronized int close() {
    closed = true;
    return open;
  }

  /** Waits until none is open, for {@code patience} at most. Returns how many are left. */
  synchronized int awaitNone(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toMillis(); open > 0 && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return open;
  }
}
