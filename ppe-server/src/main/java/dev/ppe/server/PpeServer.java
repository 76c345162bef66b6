package dev.ppe.server;

import dev.ppe.server.config.TracingSettings;
import dev.ppe.server.connection.ArrivingCalls;
import dev.ppe.server.connection.ConnectionLimits;
import dev.ppe.server.connection.NetworkThreads;
import dev.ppe.server.connection.StreamLimits;
import dev.ppe.server.connection.WithinProcess;
import dev.ppe.server.health.Readiness;
import dev.ppe.server.health.WarmStart;
import dev.ppe.server.metrics.Connections;
import dev.ppe.server.security.ClientIdentity;
import dev.ppe.server.security.FileWatcher;
import dev.ppe.server.security.SecurityFiles;
import dev.ppe.server.security.ServerTls;
import dev.ppe.server.tracing.Tracing;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the evaluation service, health and reflection on one port, pages for operators
 * on another.
 *
 * <p>Three kinds of threads: netty's move bytes, a few call threads read and weigh requests and run
 * callbacks, the {@link SimulationPool}'s parse, work and answer.
 */
public final class PpeServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PpeServer.class);

  /** How long it may take to cut off what is left, and to send the last traces. */
  private static final Duration CUTTING = Duration.ofSeconds(1);

  private final ServerConfig config;
  private final Optional<ServerTls> tls;
  private final FileWatcher fileWatcher;
  private final Estimates estimates;
  private final CallThreads callThreads;
  private final OpenCalls openCalls = new OpenCalls();
  private final LongCalls longCalls = new LongCalls();
  private final Readiness readiness = new Readiness();
  private final WarmStart warmStart = new WarmStart(readiness);
  private final Connections connections = new Connections();
  private final NetworkThreads networkThreads;
  private final ArrivingCalls arriving;
  private final Monitoring monitoring;
  private final EstimationService service;
  private final Server server;

  private PpeServer(
      ServerConfig config,
      Estimates estimates,
      Function<TracingSettings, Optional<Tracing>> traces,
      Optional<WithinProcess> rehearsal) {
    this.config = config;
    this.estimates = estimates;
    SecurityFiles files = SecurityFiles.of(config.operations().security());
    tls = files.tls();
    NettyServerBuilder builder =
        rehearsal.map(WithinProcess::server).orElseGet(() -> Transport.builder(config, tls));
    ConnectionLimits limits = ConnectionLimits.of(config.operations().connections());
    StreamLimits streams = StreamLimits.of(config.operations().connections());
    networkThreads = new NetworkThreads(limits, streams);
    networkThreads.serve(builder);
    rehearsal.ifPresent(connections -> connections.serve(builder));
    // From here on nothing fails: what has threads is made below.
    fileWatcher = files.watch();
    callThreads = new CallThreads(1 + Runtime.getRuntime().availableProcessors());
    arriving =
        ArrivingCalls.of(config.operations().connections(), streams, config.maxMessageBytes());
    monitoring =
        new Monitoring(
            new Monitoring.Subject(
                config, estimates, readiness, openCalls, connections, limits, arriving),
            traces.apply(config.operations().tracing()),
            rehearsal.isEmpty());
    monitoring.tellOf(fileWatcher, tls);
    UnreadAnswers unread = new UnreadAnswers(config.maxPendingBytes());
    monitoring.tellOf(unread);
    service =
        new EstimationService(
            RequestLimits.of(config),
            estimates.pool(),
            estimates.cache(),
            unread,
            config.streamWindow());
    Optional<LoadReports> reports =
        config.loadReports() ? Optional.of(new LoadReports(config, estimates)) : Optional.empty();
    GuardedServices services = monitoring.services(files.clients());
    builder
        .executor(callThreads.door())
        .callExecutor(arriving.steps(callThreads))
        .addStreamTracerFactory(arriving)
        .addTransportFilter(connections)
        .addTransportFilter(ClientIdentity.ofConnections())
        .addService(monitoring.evaluation(services, service, reports))
        .addService(services.health(readiness.service(), longCalls))
        .fallbackHandlerRegistry(new UnknownMethods());
    if (config.reflection()) {
      builder.addService(services.reflection(longCalls, unread));
    }
    server = builder.build();
  }

  /**
   * A server that listens and answers. It says that it is ready when it is warm.
   *
   * @throws IllegalArgumentException if the configuration cannot be had: a host that has no
   *     address, a file that cannot be read
   * @throws IOException if it cannot listen there
   */
  public static PpeServer start(ServerConfig config) throws IOException {
    return start(config, Estimates.of(config));
  }

  static PpeServer start(ServerConfig config, Estimates estimates) throws IOException {
    return start(config, estimates, Tracing::of);
  }

  /** The same with {@code traces} of the configuration's settings. */
  static PpeServer start(
      ServerConfig config, Estimates estimates, Function<TracingSettings, Optional<Tracing>> traces)
      throws IOException {
    PpeServer server;
    try {
      server = new PpeServer(config, estimates, traces, Optional.empty());
    } catch (RuntimeException e) {
      estimates.close();
      throw e;
    }
    try {
      server.server.start();
      server.monitoring.open();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    if (server.tls.isEmpty() && !server.address().getAddress().isLoopbackAddress()) {
      log.warn(
          "listening on {} without encryption: whoever reaches this address can read along",
          server.address().getAddress().getHostAddress());
    }
    server.warmStart.begin(() -> new Rehearsal(config, estimates), config.operations().warmUp());
    return server;
  }

  /** One that is called from within the process alone, and that says nothing. */
  static PpeServer rehearse(ServerConfig config, Estimates estimates, WithinProcess connections)
      throws IOException {
    PpeServer server;
    try {
      server = new PpeServer(config, estimates, Tracing::of, Optional.of(connections));
    } catch (RuntimeException | Error e) {
      estimates.close();
      throw e;
    }
    try {
      server.server.start();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Where it listens, with the port that was taken for 0. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().getFirst();
  }

  /** Where the pages for operators are. */
  public Optional<InetSocketAddress> adminAddress() {
    return monitoring.address();
  }

  /** Waits until it is ready, or until it ends before. */
  public void awaitReady() throws InterruptedException {
    warmStart.await();
  }

  /**
   * Ends in order, so that no call is lost. Health says NOT_SERVING, while calls are taken for the
   * configured time of draining: clients and balancers look elsewhere. Then clients are told that
   * their connections end; what they have sent by the time they know is answered, within the
   * configured grace.
   *
   * @return whether all calls were
   */
  public boolean shutdown() {
    readiness.ending();
    log.info("shutting down: {} calls are open", openCalls.count());
    int left;
    try {
      left =
          new OrderlyEnd(
                  new ServerSteps(server, service, openCalls, longCalls, connections),
                  System::nanoTime)
              .run(config.operations().drain(), config.shutdownGrace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      left = openCalls.count();
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
    long end = System.nanoTime() + CUTTING.toNanos();
    readiness.ending();
    server.shutdownNow();
    estimates.close();
    try {
      server.awaitTermination(CUTTING.toMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    networkThreads.close();
    arriving.close();
    callThreads.close();
    fileWatcher.close();
    monitoring.close(Duration.ofNanos(end - System.nanoTime()));
  }
}
