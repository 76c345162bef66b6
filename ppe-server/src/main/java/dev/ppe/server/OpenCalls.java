package dev.ppe.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/** Counts the service's calls until their last byte has gone out. */
final class OpenCalls implements ServerInterceptor {
  private int open;

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    enter();
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

  private synchronized void enter() {
    open++;
  }

  private synchronized void leave() {
    open--;
    notifyAll();
  }

  /** How many are open. */
  synchronized int count() {
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
