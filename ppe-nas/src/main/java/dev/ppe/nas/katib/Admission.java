package dev.ppe.nas.katib;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Which calls are let in, and who runs them: so many are open at a time over all connections, and
 * probes of the health have a thread and a number of their own, so that they do not wait for
 * suggestions. Those that are not let in are refused on the probes' thread.
 */
final class Admission extends ServerStreamTracer.Factory
    implements ServerCallExecutorSupplier, ServerInterceptor {
  private static final Context.Key<Boolean> ADMITTED = Context.key("admitted");

  private final Executor workers;
  private final Executor probes;
  private final Semaphore suggestions;
  private final Semaphore health;

  /**
   * Lets calls in.
   *
   * @param most how many at a time, and as many probes
   */
  Admission(Executor workers, Executor probes, int most) {
    this.workers = workers;
    this.probes = probes;
    suggestions = new Semaphore(most);
    health = new Semaphore(most);
  }

  /** A stream begins before anything waits for a thread, and ends exactly once. */
  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    Semaphore room =
        fullMethodName.startsWith(HealthGrpc.SERVICE_NAME + "/") ? health : suggestions;
    boolean admitted = room.tryAcquire();
    return new ServerStreamTracer() {
      @Override
      public Context filterContext(Context context) {
        return context.withValue(ADMITTED, admitted);
      }

      @Override
      public void streamClosed(Status status) {
        if (admitted) {
          room.release();
        }
      }
    };
  }

  private static boolean isAdmitted() {
    return Boolean.TRUE.equals(ADMITTED.get());
  }

  @Override
  public <T, R> Executor getExecutor(ServerCall<T, R> call, Metadata metadata) {
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    return isAdmitted() && !service.equals(HealthGrpc.SERVICE_NAME) ? workers : probes;
  }

  @Override
  public <T, R> ServerCall.Listener<T> interceptCall(
      ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
    if (isAdmitted()) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.RESOURCE_EXHAUSTED.withDescription("too many calls at a time; ask again later"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
