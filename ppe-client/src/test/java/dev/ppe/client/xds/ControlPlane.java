package dev.ppe.client.xds;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.ppe.client.TestServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A control plane on a free port of this host: it tells clients of services, each on some replicas,
 * by listener, route, cluster and endpoints (LDS, RDS, CDS, EDS over one ADS stream), and tells
 * them again when the replicas change.
 */
final class ControlPlane extends AggregatedDiscoveryServiceImplBase implements AutoCloseable {
  private final Map<String, Service> services = new HashMap<>();
  private final Set<Conversation> conversations = new HashSet<>();
  private final Server server;
  private int version;

  private record Service(LoadBalancingPolicy policy, List<TestServer> replicas) {}

  ControlPlane() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client is to read to find it. */
  String bootstrap() {
    return """
        {"xds_servers": [{"server_uri": "localhost:%d", "channel_creds": [{"type": "insecure"}],
                          "server_features": ["xds_v3"]}],
         "node": {"id": "test"}}
        """
        .formatted(server.getPort());
  }

  /** From now on the service of that name is there. */
  synchronized void serve(String name, LoadBalancingPolicy policy, TestServer... replicas) {
    services.put(name, new Service(policy, List.of(replicas)));
    version++;
    conversations.forEach(Conversation::tellAgain);
  }

  private Message resource(String type, String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException("the test knows no service " + name);
    }
    return switch (type.substring(type.lastIndexOf('.') + 1)) {
      case "Listener" -> Resources.listener(name);
      case "RouteConfiguration" -> Resources.route(name);
      case "Cluster" -> Resources.cluster(name, service.policy());
      case "ClusterLoadAssignment" -> Resources.endpoints(name, service.replicas());
      default -> throw new IllegalArgumentException("nobody should ask for " + type);
    };
  }

  @Override
  public StreamObserver<DiscoveryRequest> streamAggregatedResources(
      StreamObserver<DiscoveryResponse> client) {
    synchronized (this) {
      Conversation conversation = new Conversation(client);
      conversations.add(conversation);
      return conversation;
    }
  }

  /** One client's stream: what it asks for by type, and a number for each thing said. */
  private final class Conversation implements StreamObserver<DiscoveryRequest> {
    private final StreamObserver<DiscoveryResponse> client;
    private final Map<String, Set<String>> wanted = new HashMap<>();
    private int said;

    Conversation(StreamObserver<DiscoveryResponse> client) {
      this.client = client;
    }

    @Override
    public void onNext(DiscoveryRequest request) {
      synchronized (ControlPlane.this) {
        if (request.hasErrorDetail()) {
          throw new IllegalStateException(request.getErrorDetail().getMessage());
        }
        Set<String> names = Set.copyOf(request.getResourceNamesList());
        if (!names.equals(wanted.put(request.getTypeUrl(), names))) { // else it says thanks
          tell(request.getTypeUrl(), names);
        }
      }
    }

    private void tellAgain() {
      wanted.forEach(this::tell);
    }

    private void tell(String type, Set<String> names) {
      DiscoveryResponse.Builder response =
          DiscoveryResponse.newBuilder()
              .setTypeUrl(type)
              .setVersionInfo("" + version)
              .setNonce("" + ++said);
      names.forEach(name -> response.addResources(Any.pack(resource(type, name))));
      client.onNext(response.build());
    }

    @Override
    public void onError(Throwable failure) {
      gone();
    }

    @Override
    public void onCompleted() {
      gone();
      client.onCompleted();
    }

    private void gone() {
      synchronized (ControlPlane.this) {
        conversations.remove(this);
      }
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
