package dev.ppe.client;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * A fixed list of replicas, each a group of its own for the balancer; a host with several addresses
 * is one replica. Hosts that have no address at the moment are left out as long as another has one,
 * and looked up again whenever a connection is lost.
 */
final class ReplicaListResolver extends NameResolver {
  private final List<HostPort> replicas;
  private final Optional<String> name;
  private final Executor executor;
  private volatile Listener2 listener = new Unheard();

  /**
   * A resolver.
   *
   * @param name what the replicas' certificates are for, where it is not their addresses
   */
  ReplicaListResolver(List<HostPort> replicas, Optional<String> name, Args args) {
    this.replicas = List.copyOf(replicas);
    this.name = name;
    Executor offload = args.getOffloadExecutor();
    this.executor = offload == null ? ForkJoinPool.commonPool() : offload;
  }

  @Override
  public String getServiceAuthority() {
    return name.orElseGet(replicas.getFirst()::toString);
  }

  @Override
  public void start(Listener2 newListener) {
    listener = newListener;
    refresh();
  }

  @Override
  public void refresh() {
    executor.execute(this::resolve);
  }

  @Override
  public void shutdown() {
    listener = new Unheard();
  }

  private void resolve() {
    List<EquivalentAddressGroup> groups = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (HostPort replica : replicas) {
      try {
        groups.add(group(replica));
      } catch (UnknownHostException e) {
        unknown.add(replica.host());
      }
    }
    StatusOr<List<EquivalentAddressGroup>> result =
        groups.isEmpty()
            ? StatusOr.fromStatus(
                Status.UNAVAILABLE.withDescription("unknown host " + String.join(", ", unknown)))
            : StatusOr.fromValue(groups);
    listener.onResult(ResolutionResult.newBuilder().setAddressesOrError(result).build());
  }

  private EquivalentAddressGroup group(HostPort replica) throws UnknownHostException {
    List<SocketAddress> addresses =
        Arrays.stream(InetAddress.getAllByName(replica.host()))
            .<SocketAddress>map(address -> new InetSocketAddress(address, replica.port()))
            .toList();
    return new EquivalentAddressGroup(
        addresses,
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, name.orElseGet(replica::toString))
            .build());
  }

  /** Stands in where nobody listens yet, or any more. */
  private static final class Unheard extends Listener2 {
    @Override
    public void onResult(ResolutionResult result) {}

    @Override
    public void onError(Status error) {}
  }
}
