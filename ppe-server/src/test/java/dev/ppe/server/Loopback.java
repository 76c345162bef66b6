package dev.ppe.server;

import dev.ppe.server.tracing.Tracing;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceBlockingStub;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceStub;
import dev.ppe.wire.Estimator;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server on a free port of this machine, and a channel to it. */
final class Loopback implements AutoCloseable {
  final PpeServer server;
  final ManagedChannel channel;

  private Loopback(PpeServer server) {
    this.server = server;
    channel =
        NettyChannelBuilder.forAddress(server.address())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /**
   * Ready at once, two workers, as many in the queue, and {@code fields} in place of the defaults.
   */
  static ServerConfig config(Map<String, Object> fields) throws IOException {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "port",
                0,
                "workers",
                2,
                "queueCapacity",
                2,
                "warmUpSeconds",
                0,
                "drainSeconds",
                0));
    all.putAll(fields);
    return ServerConfigReader.read(Optional.empty(), all);
  }

  static Loopback start() throws IOException {
    return start(Map.of());
  }

  static Loopback start(Map<String, Object> fields) throws IOException {
    ServerConfig config = config(fields);
    return new Loopback(PpeServer.start(config, Estimates.of(config)));
  }

  static Loopback start(Map<String, Object> fields, Estimator estimator) throws IOException {
    ServerConfig config = config(fields);
    return new Loopback(PpeServer.start(config, Estimates.direct(config, estimator)));
  }

  /** One with traces that go to {@code processor}. */
  static Loopback start(SpanProcessor processor) throws IOException {
    ServerConfig config = config(Map.of());
    return new Loopback(
        PpeServer.start(
            config,
            Estimates.of(config),
            settings -> Optional.of(Tracing.to(settings, processor))));
  }

  PowerPerformanceEvaluationServiceBlockingStub blocking() {
    return PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  PowerPerformanceEvaluationServiceStub async() {
    return PowerPerformanceEvaluationServiceGrpc.newStub(channel);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
