package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans reach a collector over OTLP. */
class TraceExportTest {
  private static final Duration PATIENCE = Duration.ofHours(1);

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

  /** A server that waited for it would do so for an hour. */
  @Test
  void aCollectorThatDoesNotAnswerDoesNotHoldTheEndUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          asked.countDown();
          try {
            ended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    collector.start();
    String endpoint = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(PATIENCE).build();
    SpanProcessor processor =
        BatchSpanProcessor.builder(exporter).setExporterTimeout(PATIENCE).build();
    try (Loopback loopback = Loopback.start(processor)) {
      loopback.blocking().estimate(Requests.small());
      CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(loopback.server::shutdown);
      try {
        assertThat(end.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        ended.countDown();
      }
    } finally {
      collector.stop(0);
    }
  }
}
