package dev.ppe.server;

import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.connection.DirectMemory;
import dev.ppe.server.security.ServerTls;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How a server listens: where, encrypted or not, and how long it keeps connections. */
final class Transport {
  private static final int RESET_WINDOW_SECONDS = 10;

  private Transport() {}

  /**
   * A server of no service yet.
   *
   * @throws IllegalArgumentException if there is no such host, or if it would be open to other
   *     machines in plaintext without anybody having asked for it
   */
  static NettyServerBuilder builder(ServerConfig config, Optional<ServerTls> tls) {
    InetSocketAddress address = addressOf(config);
    if (tls.isEmpty()
        && !config.operations().security().plaintext()
        && !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "host is %s, which other machines reach: give tls.certificate and tls.key (--tls-cert, --tls-key), or ask for plaintext (--plaintext)"
              .formatted(config.host()));
    }
    ServerCredentials credentials =
        tls.map(ServerTls::credentials).orElseGet(InsecureServerCredentials::create);
    ConnectionSettings connections = config.operations().connections();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, credentials)
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxInboundMetadataSize(connections.maxMetadataBytes())
            .maxConcurrentCallsPerConnection(connections.maxCalls())
            .flowControlWindow(DirectMemory.window(connections.maxConnections()))
            .handshakeTimeout(connections.handshakeSeconds(), TimeUnit.SECONDS)
            .keepAliveTime(connections.keepAliveSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(connections.keepAliveTimeoutSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(connections.minPingSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    if (connections.maxResets() > 0) {
      builder.maxRstFramesPerWindow(connections.maxResets(), RESET_WINDOW_SECONDS);
    }
    if (connections.maxIdleSeconds() > 0) {
      builder.maxConnectionIdle(connections.maxIdleSeconds(), TimeUnit.SECONDS);
    }
    if (connections.maxAgeSeconds() > 0) {
      builder.maxConnectionAge(connections.maxAgeSeconds(), TimeUnit.SECONDS);
    }
    if (connections.maxAgeGraceSeconds() > 0) {
      builder.maxConnectionAgeGrace(connections.maxAgeGraceSeconds(), TimeUnit.SECONDS);
    }
    return builder;
  }

  private static InetSocketAddress addressOf(ServerConfig config) {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "host is \"%s\", which has no address".formatted(config.host()));
    }
    return address;
  }
}
