package dev.ppe.server;

import dev.ppe.server.admin.AdminPages;
import dev.ppe.server.admin.AdminServer;
import dev.ppe.server.config.OperationSettings;
import dev.ppe.server.connection.ArrivingCalls;
import dev.ppe.server.connection.ConnectionLimits;
import dev.ppe.server.health.Readiness;
import dev.ppe.server.metrics.Connections;
import dev.ppe.server.metrics.ServerMetrics;
import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.SlowRequests;
import dev.ppe.server.security.FileWatcher;
import dev.ppe.server.security.KnownClients;
import dev.ppe.server.security.ServerTls;
import dev.ppe.server.tracing.Tracing;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What operators learn of a server: metrics, traces, slow requests, and the pages about them. Its
 * services hear of every request by {@link #services}.
 */
final class Monitoring {
  /**
   * What there is to tell of.
   *
   * @param connections on which calls can be made
   * @param limits of all connections
   * @param arriving all calls, and what is on its way to them
   */
  record Subject(
      ServerConfig config,
      Estimates estimates,
      Readiness readiness,
      OpenCalls openCalls,
      Connections connections,
      ConnectionLimits limits,
      ArrivingCalls arriving) {}

  private final Subject subject;
  private final boolean logged;
  private final ServerMetrics metrics = new ServerMetrics();
  private final Figures figures;
  private final SlowRequests slowRequests;
  private final Optional<Tracing> tracing;
  private Optional<AdminServer> admin = Optional.empty();

  /** Of {@code subject}, with lines in the log if {@code logged}. */
  Monitoring(Subject subject, Optional<Tracing> tracing, boolean logged) {
    this.subject = subject;
    this.tracing = tracing;
    this.logged = logged;
    figures = new Figures(subject.config(), subject.estimates()::statistics);
    slowRequests = new SlowRequests(slow());
    metrics.bindBuild(ServerStatus.build());
    metrics.bindReady(subject.readiness()::isReady);
    metrics.bindCalls(subject.arriving());
    metrics.bindConnections(subject.connections(), subject.limits());
    figures.bindTo(metrics);
  }

  /** Tells of files that are taken in anew when they change. */
  void tellOf(FileWatcher files, Optional<ServerTls> tls) {
    metrics.bindReloads(files::failures, files::refused);
    tls.ifPresent(encryption -> metrics.bindCertificate(encryption::expiry));
  }

  /** Tells of answers that clients leave unread. */
  void tellOf(UnreadAnswers unread) {
    metrics.bindUnread(unread::bytes);
  }

  /** What services are to be behind, so that all of their calls are heard of. */
  GuardedServices services(Optional<KnownClients> clients) {
    RequestListener log = logged ? new RequestLog(slow()) : (request, failure) -> {};
    return new GuardedServices(clients, metrics.requests(), log, subject.arriving().interceptor());
  }

  /** The evaluation service, behind {@code services}. */
  ServerServiceDefinition evaluation(
      GuardedServices services, EstimationService service, Optional<LoadReports> reports) {
    return services.evaluation(service, subject.openCalls(), slowRequests, reports, tracing);
  }

  /**
   * Opens the pages, if they are asked for.
   *
   * @throws IllegalArgumentException if there is no such host
   * @throws IOException if nobody can listen there
   */
  void open() throws IOException {
    ServerStatus status = new ServerStatus(subject, figures.queue(), slowRequests);
    admin =
        AdminPages.start(
            operations().admin(), subject.readiness(), metrics::scrape, status::sections);
  }

  /** Where the pages are. */
  Optional<InetSocketAddress> address() {
    return admin.map(AdminServer::address);
  }

  private OperationSettings operations() {
    return subject.config().operations();
  }

  private Duration slow() {
    return Duration.ofMillis(operations().log().slowRequestMillis());
  }

  /** Ends, and sends the last traces, for {@code time} at most. */
  void close(Duration time) {
    admin.ifPresent(AdminServer::close);
    tracing.ifPresent(traces -> traces.close(time));
    metrics.close();
  }
}
