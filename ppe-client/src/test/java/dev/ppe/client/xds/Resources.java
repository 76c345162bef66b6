package dev.ppe.client.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.ppe.client.TestServer;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.Address;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.Locality;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.listener.v3.Listener;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.Route;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.load_balancing_policies.client_side_weighted_round_robin.v3.ClientSideWeightedRoundRobin;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin;
import io.grpc.xds.shaded.io.envoyproxy.envoy.extensions.load_balancing_policies.wrr_locality.v3.WrrLocality;
import java.util.List;

/** One service's resources, all under its name: a listener, its route, cluster and endpoints. */
final class Resources {
  private static final ConfigSource SAME_STREAM =
      ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance()).build();

  private Resources() {}

  static Listener listener(String name) {
    HttpConnectionManager manager =
        HttpConnectionManager.newBuilder()
            .setRds(Rds.newBuilder().setConfigSource(SAME_STREAM).setRouteConfigName(name))
            .addHttpFilters(
                HttpFilter.newBuilder()
                    .setName("router")
                    .setTypedConfig(Any.pack(Router.getDefaultInstance())))
            .build();
    return Listener.newBuilder()
        .setName(name)
        .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
        .build();
  }

  static RouteConfiguration route(String name) {
    Route all =
        Route.newBuilder()
            .setMatch(RouteMatch.newBuilder().setPrefix(""))
            .setRoute(RouteAction.newBuilder().setCluster(name))
            .build();
    return RouteConfiguration.newBuilder()
        .setName(name)
        .addVirtualHosts(
            VirtualHost.newBuilder().setName(name).addDomains("*").addRoutes(all).build())
        .build();
  }

  static Cluster cluster(String name, LoadBalancingPolicy policy) {
    return Cluster.newBuilder()
        .setName(name)
        .setType(Cluster.DiscoveryType.EDS)
        .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(SAME_STREAM))
        .setLoadBalancingPolicy(policy)
        .build();
  }

  static ClusterLoadAssignment endpoints(String name, List<TestServer> replicas) {
    LocalityLbEndpoints.Builder here =
        LocalityLbEndpoints.newBuilder()
            .setLocality(Locality.newBuilder().setRegion("here"))
            .setLoadBalancingWeight(UInt32Value.of(1));
    replicas.forEach(replica -> here.addLbEndpoints(endpoint(replica)));
    return ClusterLoadAssignment.newBuilder().setClusterName(name).addEndpoints(here).build();
  }

  private static LbEndpoint endpoint(TestServer replica) {
    String address = replica.address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    SocketAddress socket =
        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port).build();
    return LbEndpoint.newBuilder()
        .setEndpoint(
            Endpoint.newBuilder().setAddress(Address.newBuilder().setSocketAddress(socket)))
        .build();
  }

  /** Replicas in turn. */
  static LoadBalancingPolicy roundRobin() {
    return within(RoundRobin.getDefaultInstance());
  }

  /** Replicas by their load reports, from the first one on. */
  static LoadBalancingPolicy weightedRoundRobin() {
    return within(
        ClientSideWeightedRoundRobin.newBuilder()
            .setBlackoutPeriod(Duration.getDefaultInstance())
            .setWeightUpdatePeriod(Duration.newBuilder().setNanos(100_000_000))
            .build());
  }

  private static LoadBalancingPolicy within(Message policy) {
    return of(WrrLocality.newBuilder().setEndpointPickingPolicy(of(policy)).build());
  }

  private static LoadBalancingPolicy of(Message policy) {
    return LoadBalancingPolicy.newBuilder()
        .addPolicies(
            LoadBalancingPolicy.Policy.newBuilder()
                .setTypedExtensionConfig(
                    TypedExtensionConfig.newBuilder()
                        .setName("policy")
                        .setTypedConfig(Any.pack(policy))))
        .build();
  }
}
