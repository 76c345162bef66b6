package dev.ppe.client;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import io.grpc.protobuf.services.HealthCheckingLoadBalancerUtil;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Makes gRPC know {@link ReplicaBalancer}; found by ServiceLoader. */
public final class ReplicaBalancerProvider extends LoadBalancerProvider {
  static final String POLICY = "ppe_replicas";

  private static final String ORDER = "order";
  private static final String MAX_IN_FLIGHT = "maxInFlight";
  private static final String BLACKOUT = "blackoutPeriod";
  private static final String EXPIRY = "weightExpirationPeriod";
  private static final String UPDATE = "weightUpdatePeriod";

  /** The policy's part of a service config, durations as ISO 8601 has them. */
  static Map<String, ?> json(ReplicaBalancer.Config config) {
    return Map.of(
        ORDER,
        config.order().policy(),
        MAX_IN_FLIGHT,
        (double) config.maxInFlight(),
        BLACKOUT,
        config.weighting().blackout().toString(),
        EXPIRY,
        config.weighting().expiry().toString(),
        UPDATE,
        config.weighting().update().toString());
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> json) {
    for (Balancing order : Balancing.values()) {
      if (order.policy().equals(json.get(ORDER))
          && json.get(MAX_IN_FLIGHT) instanceof Double most
          && json.get(BLACKOUT) instanceof String blackout
          && json.get(EXPIRY) instanceof String expiry
          && json.get(UPDATE) instanceof String update) {
        return config(order, most.intValue(), blackout, expiry, update);
      }
    }
    return unfit(json.toString());
  }

  private static ConfigOrError config(
      Balancing order, int most, String blackout, String expiry, String update) {
    try {
      Weighting weighting =
          new Weighting(Duration.parse(blackout), Duration.parse(expiry), Duration.parse(update));
      return ConfigOrError.fromConfig(new ReplicaBalancer.Config(order, most, weighting));
    } catch (DateTimeParseException e) {
      return unfit(e.getParsedString());
    }
  }

  private static ConfigOrError unfit(String json) {
    return ConfigOrError.fromError(
        Status.INVALID_ARGUMENT.withDescription(
            POLICY + ": needs order, maxInFlight and three periods: " + json));
  }

  /** Only replicas that say that they are ready count; one that cannot tell is ready. */
  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return HealthCheckingLoadBalancerUtil.newHealthCheckingLoadBalancer(
        new LoadBalancer.Factory() {
          @Override
          public LoadBalancer newLoadBalancer(LoadBalancer.Helper checking) {
            return new ReplicaBalancer(checking);
          }
        },
        helper);
  }

  @Override
  public String getPolicyName() {
    return POLICY;
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }
}
