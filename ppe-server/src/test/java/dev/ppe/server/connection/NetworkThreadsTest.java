package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.config.ConnectionSettings;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** gRPC's connections are on the threads that their address has. */
class NetworkThreadsTest {
  private static final int CONNECTIONS = 6;
  private static final byte[] BEGIN =
      ByteBuffer.allocate(33)
          .put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
          .put(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}) // settings, none
          .array();

  /** Notes the thread that a connection becomes ready on, which is its own. */
  private static final class Noting extends ServerTransportFilter {
    private final Map<String, Set<String>> threads = new HashMap<>();
    private final CountDownLatch ready = new CountDownLatch(2 * CONNECTIONS);

    @Override
    public Attributes transportReady(Attributes connection) {
      var from = (InetSocketAddress) connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      synchronized (threads) {
        threads
            .computeIfAbsent(from.getAddress().getHostAddress(), first -> new HashSet<>())
            .add(Thread.currentThread().getName());
      }
      ready.countDown();
      return connection;
    }
  }

  @Test
  void addressesShareNoThreads() throws Exception {
    ConnectionSettings settings = ConnectionSettings.DEFAULT;
    Noting noting = new Noting();
    Set<Socket> connections = new HashSet<>();
    try (NetworkThreads threads =
        new NetworkThreads(ConnectionLimits.of(settings), StreamLimits.of(settings))) {
      NettyServerBuilder builder =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      threads.serve(builder);
      Server server = builder.addTransportFilter(noting).build().start();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          connections.add(connect(server.getPort(), "127.0.0.2"));
          connections.add(connect(server.getPort(), "127.0.0.3"));
        }
        assertThat(noting.ready.await(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        for (Socket connection : connections) {
          connection.close();
        }
        server.shutdownNow().awaitTermination(30, TimeUnit.SECONDS);
      }
    }

    Set<String> ofOne = noting.threads.get("127.0.0.2");
    assertThat(ofOne).hasSizeBetween(2, CONNECTIONS).allMatch(name -> name.startsWith("network"));
    assertThat(noting.threads.get("127.0.0.3"))
        .hasSameSizeAs(ofOne)
        .doesNotContainAnyElementsOf(ofOne);
  }

  private static Socket connect(int port, String from) throws Exception {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(BEGIN);
    return socket;
  }
}
