package dev.ppe.client;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import io.grpc.protobuf.services.HealthCheckingLoadBalancerUtil;
import java.util.Map;

/** Makes gRPC know {@link ReplicaBalancer}; found by ServiceLoader. */
public final class ReplicaBalancerProvider extends LoadBalancerProvider {
  static final String POLICY = "ppe_replicas";

  private static final String ORDER = "order";
  private static final String MAX_IN_FLIGHT = "maxInFlight";

  /** The policy's part of a service config. */
  static Map<String, ?> json(Balancing order, int maxInFlight) {
    return Map.of(ORDER, order.policy(), MAX_IN_FLIGHT, (double) maxInFlight);
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> json) {
    for (Balancing order : Balancing.values()) {
      if (order.policy().equals(json.get(ORDER))
          && json.get(MAX_IN_FLIGHT) instanceof Double most) {
        return ConfigOrError.fromConfig(new ReplicaBalancer.Config(order, most.intValue()));
      }
    }
    return ConfigOrError.fromError(
        Status.INVALID_ARGUMENT.withDescription(POLICY + ": needs order and maxInFlight: " + json));
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
