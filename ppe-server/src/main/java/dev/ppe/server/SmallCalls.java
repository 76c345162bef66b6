package dev.ppe.server;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;

/**
 * Calls of health, accelerators and reflection: one takes next to no time, but a client may send a
 * thousand at once and take them back. Where a core is short, their thread gives way at each one's
 * beginning and when it is taken back, so that a simulation goes on beside them. Calls for
 * estimates do not give way: under more load than a server can bear they are to be refused quickly.
 */
final class SmallCalls implements ServerInterceptor {
  private static final Set<String> OF_ESTIMATES =
      Set.of(
          PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().getFullMethodName(),
          PowerPerformanceEvaluationServiceGrpc.getEstimateStreamMethod().getFullMethodName());

  private final Runnable givingWay;

  /** Calls whose threads yield to others that wait for a core. */
  SmallCalls() {
    this(SmallCalls::yieldToOthers);
  }

  /** Calls whose threads give way by {@code givingWay}. */
  SmallCalls(Runnable givingWay) {
    this.givingWay = givingWay;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is enough
  private static void yieldToOthers() {
    Thread.yield();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (OF_ESTIMATES.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    givingWay.run();
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onCancel() {
        super.onCancel();
        givingWay.run();
      }
    };
  }
}
