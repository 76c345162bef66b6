package dev.ppe.client;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolverRegistry;

/** Connections to replicas: channels that connect when they are first used. */
public final class ReplicaChannel {
  /** Answers grow with the number of layers: the largest graph that is allowed has 50,000. */
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  private static final long RETRIED_REQUEST_BYTES = 64L << 20;

  private ReplicaChannel() {}

  /**
   * A channel that asks replicas in turn (round robin) as long as they say that they are ready, and
   * has no limit of calls under way.
   *
   * @param target where the replicas are
   * @param security how they are spoken to
   * @param retries whether a call that a replica could not take, or that ended with its connection,
   *     is tried again on the next one, or its failure seen
   * @throws IllegalArgumentException if a file that {@code security} names is of no use
   */
  public static ManagedChannel open(Target target, ConnectionSecurity security, boolean retries) {
    return builder(target, security)
        .defaultLoadBalancingPolicy("round_robin")
        .defaultServiceConfig(ServiceConfig.inTurn(retries))
        .disableServiceConfigLookUp()
        .build();
  }

  /**
   * A channel to a server that is none of ours: nobody asks for its health, and no call is tried
   * again.
   *
   * @throws IllegalArgumentException if a file that {@code security} names is of no use
   */
  public static ManagedChannel other(Target target, ConnectionSecurity security) {
    return builder(target, security).disableServiceConfigLookUp().disableRetry().build();
  }

  /**
   * A channel that balances and tries again as {@code options} say.
   *
   * @throws IllegalArgumentException if a file that its security names is of no use, or the target
   *     needs a library that is not there
   */
  static ManagedChannel open(Target target, ClientOptions options) {
    ManagedChannelBuilder<?> builder =
        builder(target, options.security()).defaultServiceConfig(ServiceConfig.of(options));
    if (target.isXds()) {
      requireXds(target);
    } else {
      builder.disableServiceConfigLookUp(); // ours, and not what a TXT record says
    }
    return builder.build();
  }

  private static ManagedChannelBuilder<?> builder(Target target, ConnectionSecurity security) {
    return Grpc.newChannelBuilder(target.uri(), Credentials.of(security))
        .intercept(Credentials.interceptors(security))
        .maxInboundMessageSize(MAX_ANSWER_BYTES)
        .perRpcBufferLimit(RETRIED_REQUEST_BYTES)
        .retryBufferSize(16 * RETRIED_REQUEST_BYTES);
  }

  private static void requireXds(Target target) {
    if (NameResolverRegistry.getDefaultRegistry().getProviderForScheme("xds") == null) {
      throw new IllegalArgumentException(
          target
              + ": xDS needs io.grpc:grpc-xds on the class path, which is large and left out;"
              + " add it, or give host:port[,host:port...] or dns:///name:port");
    }
  }
}
