package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans reach a collector over OTLP. */
class TraceExportTest {
  @Test
  void spansAreSentAtTheEndAtTheLatest() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
    try {
      try (Loopback loopback = Loopback.start(Map.of("tracing.endpoint", endpoint))) {
        loopback.blocking().estimate(Requests.named("traced-network"));
      }
      assertThat(received.poll(30, TimeUnit.SECONDS))
          .contains("traced-network")
          .contains("ppe.v1.PowerPerformanceEvaluationService/Estimate")
          .contains("ppe-server");
    } finally {
      collector.stop(0);
    }
  }

  /** Nothing is open: the end may take a second. */
  @Test
  void aCollectorThatDoesNotAnswerDoesNotHoldTheEndUp() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Boolean> endedInTime = new CompletableFuture<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try {
            endedInTime.complete(ended.await(4, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            endedInTime.completeExceptionally(e);
          }
          exchange.close();
        });
    collector.start();
    String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
    try (Loopback loopback = Loopback.start(Map.of("tracing.endpoint", endpoint))) {
      loopback.blocking().estimate(Requests.small());
      assertThat(loopback.server.shutdown()).isTrue();
      ended.countDown();
      assertThat(endedInTime.get(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      collector.stop(0);
    }
  }
}
