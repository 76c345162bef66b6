package dev.ppe.server.connection;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections as netty has them, found by those as gRPC has them. The client's address and port are
 * what both know.
 */
final class WatchedConnections extends ServerTransportFilter {
  private static final Attributes.Key<WatchedConnection> KEY =
      Attributes.Key.create("ppe-watched-connection");

  private final Map<SocketAddress, WatchedConnection> open = new ConcurrentHashMap<>();

  /** Watches a connection that has no handlers yet. */
  void watch(Channel connection) {
    WatchedConnection watched = new WatchedConnection();
    connection.pipeline().addLast(watched);
    SocketAddress client = connection.remoteAddress();
    if (client != null) { // else it has ended
      open.put(client, watched);
      ChannelFuture unused =
          connection.closeFuture().addListener(closed -> open.remove(client, watched));
    }
  }

  /** {@inheritDoc} Calls have the connection among their attributes from here on. */
  @Override
  public Attributes transportReady(Attributes connection) {
    return Optional.ofNullable(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
        .map(open::get)
        .map(watched -> connection.toBuilder().set(KEY, watched).build())
        .orElse(connection);
  }

  /** The connection of a call. */
  static Optional<WatchedConnection> of(Attributes call) {
    return Optional.ofNullable(call.get(KEY));
  }
}
