package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server with as many connections as it may have, and one more. */
@EnabledOnOs(OS.LINUX) // where all of 127/8 is this machine
class ConnectionLimitsOnServerTest {
  private static final int PATIENCE = (int) Duration.ofSeconds(60).toMillis();

  private static Map<String, Object> limits(int most, int mostPerClient) {
    return Map.of(
        "connections.maxConnections",
        most,
        "connections.maxConnectionsPerClient",
        mostPerClient,
        "admin.enabled",
        true,
        "admin.port",
        0);
  }

  /** Somebody who connects and says nothing. */
  private static Socket silent(PpeServer server, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(server.address(), PATIENCE);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /** Whether the server has neither closed it by now nor will at once. */
  private static void assertOpen(Socket socket) throws IOException {
    socket.setSoTimeout(10);
    try {
      while (socket.getInputStream().read() >= 0) {}
      throw new AssertionError("the server closed a connection");
    } catch (SocketTimeoutException open) {
      socket.setSoTimeout(PATIENCE);
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {} // the server's settings may come first
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static ManagedChannel channel(PpeServer server, String from) {
    return NettyChannelBuilder.forAddress(server.address())
        .usePlaintext()
        .localSocketPicker(new FromAddress(from))
        .build();
  }

  private static PowerPerformanceEvaluationServiceBlockingStub estimates(ManagedChannel channel) {
    return PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private static double latency(PowerPerformanceEvaluationServiceBlockingStub estimates) {
    return estimates.estimate(Requests.small()).getLatencyUs();
  }

  @Test
  void whoHasTooManyIsTurnedAwayAndOthersAreServed() throws Exception {
    try (Loopback loopback = Loopback.start(limits(10, 2));
        Socket first = silent(loopback.server, "127.0.0.2");
        Socket second = silent(loopback.server, "127.0.0.2");
        Socket third = silent(loopback.server, "127.0.0.2")) {
      assertThat(isClosed(third)).isTrue();
      assertOpen(first);
      assertOpen(second);
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(admin.metric("ppe_sockets_open ")).hasValue(2);
      assertThat(admin.metric("ppe_sockets_limit ")).hasValue(10);
      assertThat(admin.metric("ppe_connections_refused_total{reason=\"client\"}")).hasValue(1);
      assertThat(admin.metric("ppe_connections_open ")).hasValue(0);
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
      assertThat(admin.get("/").body()).contains("3 of 10, 1 of them ready for calls");
    }
  }

  @Test
  void aCallerOnAServerThatIsFullIsToldToTryElsewhereUntilThereIsRoom() throws Exception {
    try (Loopback loopback = Loopback.start(limits(2, 2));
        Socket stays = silent(loopback.server, "127.0.0.2")) {
      AdminClient admin = AdminClient.of(loopback.server);
      ManagedChannel caller = channel(loopback.server, "127.0.0.4");
      try {
        try (Socket leaves = silent(loopback.server, "127.0.0.3")) {
          assertThatThrownBy(() -> latency(estimates(caller)))
              .isInstanceOfSatisfying(
                  StatusRuntimeException.class,
                  refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
          assertOpen(leaves);
          assertThat(admin.metric("ppe_connections_refused_total{reason=\"full\"}").orElseThrow())
              .isGreaterThanOrEqualTo(1);
        }
        assertThat(latency(estimates(caller).withWaitForReady())).isPositive();
        assertOpen(stays);
      } finally {
        caller.shutdownNow();
      }
    }
  }

  @Test
  void whoSaysNothingIsNotWaitedForWithoutEnd() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("connections.handshakeSeconds", 1));
        Socket socket = silent(loopback.server, "127.0.0.2")) {
      assertThat(isClosed(socket)).isTrue();
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
    }
  }
}
