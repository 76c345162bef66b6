package dev.ppe.client;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;

/**
 * A connection to each replica, asked in turn (round robin) as long as they say that they are
 * ready. A call that a replica could not take, or that ended with its connection, is tried again on
 * the next one.
 */
public final class ReplicaChannel {
  /** Answers grow with the number of layers: the largest graph that is allowed has 50,000. */
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final long RETRIED_REQUEST_BYTES = 64L << 20;

  /**
   * What ended through no fault of the request's: the replica is not there, or it stopped while it
   * was asked, which arrives as CANCELLED though nobody here cancelled it.
   */
  private static final List<String> RETRYABLE = List.of("UNAVAILABLE", "CANCELLED");

  /** gRPC's service config, in the form of its JSON. */
  private static final Map<String, ?> HEALTH_CHECKS =
      Map.of("serviceName", PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME);

  private static final Map<String, ?> RETRIES =
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
              RETRYABLE));

  private ReplicaChannel() {}

  /**
   * A channel that is connected when it is first used.
   *
   * @param target where the replicas are
   * @param security how they are spoken to
   * @param retries whether such calls are tried again, or their failures seen
   * @throws IllegalArgumentException if a file that {@code security} names is of no use
   */
  public static ManagedChannel open(Target target, ConnectionSecurity security, boolean retries) {
    return Grpc.newChannelBuilder(target.uri(), Credentials.of(security))
        .intercept(Credentials.interceptors(security))
        .defaultLoadBalancingPolicy("round_robin")
        .defaultServiceConfig(
            retries
                ? Map.of("healthCheckConfig", HEALTH_CHECKS, "methodConfig", List.of(RETRIES))
                : Map.of("healthCheckConfig", HEALTH_CHECKS))
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(MAX_ANSWER_BYTES)
        .perRpcBufferLimit(RETRIED_REQUEST_BYTES)
        .retryBufferSize(16 * RETRIED_REQUEST_BYTES)
        .build();
  }
}
