package dev.ppe.client;

import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.GetAcceleratorRequest;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.ListAcceleratorsResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceBlockingStub;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks replicas over gRPC, in turn (round robin) and only those that say that they are ready; one
 * that cannot tell counts as ready.
 *
 * <p>Two kinds of failure are worth another attempt within the deadline: a replica that is not
 * there, or that stops while it is asked (the call arrives as CANCELLED, though nobody here
 * cancelled it), which gRPC itself tries again on the next one; and one that is overloaded and says
 * how long to wait ({@link RetryHint}). Estimates have no side effects, so asking twice does no
 * harm.
 */
final class RemoteClient implements PpeClient {
  /** Answers grow with the number of layers: the largest graph that is allowed has 50,000. */
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final long RETRIED_REQUEST_BYTES = 64L << 20;

  /** gRPC's service config, in the form of its JSON. */
  private static final Map<String, ?> SERVICE_CONFIG =
      Map.of(
          "healthCheckConfig",
          Map.of("serviceName", PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME),
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()), // all methods
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      4.0,
                      "initialBackoff",
                      "0.1s",
                      "maxBackoff",
                      "1s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE", "CANCELLED")))));

  private final Target target;
  private final boolean encrypted;
  private final Duration deadline;
  private final ManagedChannel channel;
  private final PowerPerformanceEvaluationServiceBlockingStub service;

  RemoteClient(Target target, ConnectionSecurity security, Duration deadline) {
    this.target = target;
    this.encrypted = security.tls().isPresent();
    this.deadline = deadline;
    this.channel =
        Grpc.newChannelBuilder(target.uri(), Credentials.of(security))
            .intercept(Credentials.interceptors(security))
            .defaultLoadBalancingPolicy("round_robin")
            .defaultServiceConfig(SERVICE_CONFIG)
            .disableServiceConfigLookUp()
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .perRpcBufferLimit(RETRIED_REQUEST_BYTES)
            .retryBufferSize(16 * RETRIED_REQUEST_BYTES)
            .build();
    this.service = PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    return call(stub -> stub.estimate(request));
  }

  @Override
  public ListAcceleratorsResponse listAccelerators() {
    return call(stub -> stub.listAccelerators(ListAcceleratorsRequest.getDefaultInstance()));
  }

  @Override
  public Accelerator getAccelerator(String name) {
    GetAcceleratorRequest request = GetAcceleratorRequest.newBuilder().setName(name).build();
    return call(stub -> stub.getAccelerator(request)).getAccelerator();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private <T> T call(Function<PowerPerformanceEvaluationServiceBlockingStub, T> method) {
    Deadline end = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
    while (true) {
      try {
        return method.apply(service.withDeadline(end));
      } catch (StatusRuntimeException e) {
        Optional<Duration> pause = RetryHint.of(e);
        if (pause.isEmpty() || pause.get().toNanos() >= end.timeRemaining(TimeUnit.NANOSECONDS)) {
          throw failure(e);
        }
        sleep(pause.get());
      }
    }
  }

  private PpeException failure(StatusRuntimeException e) {
    Status status = e.getStatus();
    return switch (status.getCode()) {
      // gRPC's own text is a page of the call's inner state.
      case DEADLINE_EXCEEDED -> new PpeException(status.getCode(), Deadlines.exceeded(deadline), e);
      case UNAUTHENTICATED ->
          new PpeException(
              status.getCode(),
              "%s asks for who you are: %s; --token-file or PPE_TOKEN tells"
                  .formatted(target, status.getDescription()),
              e);
      case UNAVAILABLE ->
          new PpeException(
              status.getCode(),
              "no replica answers at %s: %s"
                  .formatted(target, Unreachable.reason(status, encrypted)),
              e);
      default -> PpeException.of(status, e);
    };
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PpeException.of(Status.CANCELLED.withDescription("interrupted"), e);
    }
  }
}
