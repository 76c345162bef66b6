package dev.ppe.client;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A client's options as gRPC's service config, in the form of its JSON: balancing, health checks,
 * retries or hedging, and their budget.
 */
final class ServiceConfig {
  private static final List<String> ANOTHER_REPLICA_MAY =
      LostCall.CODES.stream().map(Enum::name).toList();

  private static final Map<String, ?> HEALTH_CHECKS =
      Map.of("serviceName", PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME);

  private ServiceConfig() {}

  /** Replicas in turn, without a budget of attempts. */
  static Map<String, ?> inTurn(boolean retries) {
    return retries
        ? Map.of(
            "healthCheckConfig", HEALTH_CHECKS, "methodConfig", List.of(method(Attempts.DEFAULT)))
        : Map.of("healthCheckConfig", HEALTH_CHECKS);
  }

  static Map<String, ?> of(ClientOptions options) {
    return Map.of(
        "loadBalancingConfig",
        List.of(
            Map.of(
                ReplicaBalancerProvider.POLICY,
                ReplicaBalancerProvider.json(
                    new ReplicaBalancer.Config(
                        options.balancing(), options.maxInFlight(), options.weighting())))),
        "healthCheckConfig",
        HEALTH_CHECKS,
        "retryThrottling",
        Map.of("maxTokens", (double) options.attempts().budget(), "tokenRatio", 0.1),
        "methodConfig",
        List.of(method(options.attempts())));
  }

  private static Map<String, ?> method(Attempts attempts) {
    List<Map<String, ?>> all = List.of(Map.of());
    return switch (attempts) {
      case Attempts.Retries(int most, Duration first, Duration longest, int budget) ->
          most == 1
              ? Map.of("name", all)
              : Map.of(
                  "name",
                  all,
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      (double) most,
                      "initialBackoff",
                      seconds(first),
                      "maxBackoff",
                      seconds(longest),
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      ANOTHER_REPLICA_MAY));
      case Attempts.Hedging(int most, Duration delay, int budget) ->
          Map.of(
              "name",
              all,
              "hedgingPolicy",
              Map.of(
                  "maxAttempts",
                  (double) most,
                  "hedgingDelay",
                  seconds(delay),
                  "nonFatalStatusCodes",
                  ANOTHER_REPLICA_MAY));
    };
  }

  /** As proto's JSON mapping has durations. */
  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%d.%09ds", duration.getSeconds(), duration.getNano());
  }
}
