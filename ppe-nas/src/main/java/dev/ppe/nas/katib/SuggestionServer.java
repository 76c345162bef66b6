package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.SuggestionGrpc;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves suggestions to Katib, and tells its probes that it does. */
public final class SuggestionServer implements AutoCloseable {
  /** An experiment with all trials that are taken fits in. */
  private static final int MAX_MESSAGE_BYTES = 32 << 20;

  private static final int MAX_METADATA_BYTES = 16 << 10;
  private static final int MAX_CALLS_OF_A_CONNECTION = 32;
  private static final int MAX_CALLS = 128;

  /** What Katib's probes ask for, beside the whole server and the service's own name. */
  private static final String KATIB_PROBE = "manager.v1beta1.Suggestion";

  private final Server server;
  private final HealthStatusManager health;
  private final List<ExecutorService> threads;

  private SuggestionServer(
      Server server, HealthStatusManager health, List<ExecutorService> threads) {
    this.server = server;
    this.health = health;
    this.threads = threads;
  }

  /**
   * Begins to listen.
   *
   * @param address where; port 0 takes any that is free
   * @throws IOException if nothing can listen there
   */
  public static SuggestionServer start(InetSocketAddress address, ServerCredentials credentials)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    for (String service : List.of("", SuggestionGrpc.SERVICE_NAME, KATIB_PROBE)) {
      health.setStatus(service, ServingStatus.SERVING);
    }
    ExecutorService workers = threads("suggestions-", Runtime.getRuntime().availableProcessors());
    ExecutorService probes = threads("suggestion-probes-", 1);
    Admission admission = new Admission(workers, probes, MAX_CALLS);
    Server server =
        NettyServerBuilder.forAddress(address, credentials)
            .directExecutor() // only as far as the choice of another
            .callExecutor(admission)
            .addStreamTracerFactory(admission)
            .intercept(admission)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_OF_A_CONNECTION)
            .addService(new SuggestionService())
            .addService(health.getHealthService())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      workers.shutdownNow();
      probes.shutdownNow();
      throw e;
    }
    return new SuggestionServer(server, health, List.of(workers, probes));
  }

  private static ExecutorService threads(String name, int count) {
    return Executors.newFixedThreadPool(
        count, Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Waits until it has ended. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Says that it ends, and ends with its calls.
   *
   * @param patience how long they may take
   * @return whether all of them were answered
   */
  public boolean shutdown(Duration patience) throws InterruptedException {
    health.enterTerminalState();
    boolean ended = server.shutdown().awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    close();
    return ended;
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.forEach(ExecutorService::shutdownNow);
  }
}
