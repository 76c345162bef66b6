package dev.ppe.client;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes gRPC understand {@code replicas:///host:port,host:port}; found by ServiceLoader. {@code
 * ?name:port} behind it is what certificates are for, in place of each address.
 */
public final class ReplicaListProvider extends NameResolverProvider {
  static final String SCHEME = "replicas";

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    List<HostPort> replicas =
        Arrays.stream(target.getPath().substring(1).split(",", -1)).map(HostPort::parse).toList();
    return new ReplicaListResolver(replicas, Optional.ofNullable(target.getQuery()), args);
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below DNS's 5, which stays the one for targets without a scheme. */
  @Override
  protected int priority() {
    return 4;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return Set.of(InetSocketAddress.class);
  }
}
