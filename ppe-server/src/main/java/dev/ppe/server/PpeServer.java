package dev.ppe.server;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the evaluation service, health and reflection on one port.
 *
 * <p>Three kinds of threads: netty's move bytes, a few call threads parse requests and run
 * callbacks, the {@link SimulationPool}'s do the work and send the answers. Only the last kind ever
 * takes long.
 */
public final class PpeServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PpeServer.class);
  private static final int MAX_CALLS_PER_CONNECTION = 1024;

  private final ServerConfig config;
  private final Estimates estimates;
  private final ExecutorService callThreads;
  private final OpenCalls openCalls = new OpenCalls();
  private final HealthStatusManager health = new HealthStatusManager();
  private final EstimationService service;
  private final Server server;

  private PpeServer(ServerConfig config, Estimates estimates) {
    this.config = config;
    this.estimates = estimates;
    callThreads = callThreads();
    service = new EstimationService(estimates.pool(), estimates.cache(), streamWindow(config));
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(addressOf(config))
            .executor(callThreads)
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .keepAliveTime(60, TimeUnit.SECONDS) // finds clients that vanished
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(guarded(service.definition()))
            .addService(health.getHealthService());
    if (config.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    server = builder.build();
  }

  /**
   * A server that listens and answers.
   *
   * @throws IllegalArgumentException if there is no such host
   * @throws IOException if it cannot listen there
   */
  public static PpeServer start(ServerConfig config) throws IOException {
    addressOf(config); // before anything is started that would have to be ended
    return start(config, Estimates.of(config));
  }

  static PpeServer start(ServerConfig config, Estimates estimates) throws IOException {
    InetSocketAddress address = addressOf(config);
    PpeServer server = new PpeServer(config, estimates);
    try {
      server.server.start();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    if (!address.getAddress().isLoopbackAddress()) {
      log.warn(
          "listening on {} without encryption: whoever reaches this address can use the server",
          address.getAddress().getHostAddress());
    }
    server.report(ServingStatus.SERVING);
    return server;
  }

  /** Where it listens, with the port that was taken for 0. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().getFirst();
  }

  /**
   * Ends in order: health says NOT_SERVING, new calls are refused, open ones are answered within
   * the configured grace.
   *
   * @return whether all of them were
   */
  public boolean shutdown() {
    health.enterTerminalState();
    int open = openCalls.close();
    log.info("shutting down: {} calls are open", open);
    service.drain();
    server.shutdown();
    int left = open;
    try {
      left = openCalls.awaitNone(config.shutdownGrace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    if (left == 0) {
      log.info("stopped: all calls were answered");
    } else {
      log.warn("stopped: {} calls were cut off after {} s", left, config.shutdownGraceSeconds());
    }
    return left == 0;
  }

  /** What it is at, and has done. */
  public ServerStatistics statistics() {
    return estimates.statistics();
  }

  /** Waits until it has stopped. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Ends now: open calls are cut off, which interrupts their work. */
  @Override
  public void close() {
    server.shutdownNow();
    estimates.close();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    callThreads.shutdown();
  }

  private void report(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME, status);
  }

  private ServerServiceDefinition guarded(ServerServiceDefinition definition) {
    return ServerInterceptors.interceptForward(
        DecodedRequests.of(definition),
        openCalls,
        new CallGuard(),
        new ClientAddress(),
        new CacheMetadata());
  }

  /**
   * Two for each worker, so that none waits for the next. Not more than the queue holds: when an
   * answer has gone out its thread is not free yet, and one stream alone is never to be refused.
   */
  private static int streamWindow(ServerConfig config) {
    return Math.min(2 * config.workers(), config.queueCapacity());
  }

  private static InetSocketAddress addressOf(ServerConfig config) {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "host is \"%s\", which has no address".formatted(config.host()));
    }
    return address;
  }

  private static ExecutorService callThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        work -> new Thread(work, "call-" + number.incrementAndGet()));
  }
}
