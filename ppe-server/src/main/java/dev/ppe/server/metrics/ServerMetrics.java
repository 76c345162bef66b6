package dev.ppe.server.metrics;

import dev.ppe.server.connection.ArrivingCalls;
import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.connection.ConnectionLimits;
import dev.ppe.server.observe.RequestListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A server's metrics: those of its {@link RequestMetrics requests} and of its {@link ProcessMetrics
 * process}, and what its parts tell of themselves when somebody looks.
 */
public final class ServerMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final ProcessMetrics process = new ProcessMetrics(registry);
  private final RequestMetrics requests = new RequestMetrics(registry);

  /** Those of requests; they are to hear of every one that ends. */
  public RequestListener requests() {
    return requests;
  }

  /** Shows the program's version and the simulator's. */
  public void bindBuild(Map<String, String> build) {
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> entry : build.entrySet()) {
      tags = tags.and(entry.getKey(), entry.getValue());
    }
    Gauge.builder("ppe.build.info", () -> 1)
        .description("1, with the versions as labels")
        .tags(tags)
        .register(registry);
  }

  /** Shows whether the server is ready for calls. */
  public void bindReady(BooleanSupplier ready) {
    gauge("ppe.ready", "1 while the server is ready for calls", () -> ready.getAsBoolean() ? 1 : 0);
  }

  /** Shows how many calls there are and may be, and how much is on its way to them. */
  public void bindCalls(ArrivingCalls calls) {
    gauge("ppe.calls.open", "Calls that are open", calls.limits()::open);
    gauge("ppe.calls.limit", "Calls that may be open", calls.limits()::most);
    for (Refusal reason : Refusal.values()) {
      countRefusedCalls(reason.label(), () -> calls.limits().refused(reason));
    }
    countRefusedCalls("stream", calls.streams()::refused);
    countRefusedCalls("bytes", calls::endedForBytes);
    countRefusedCalls("late", calls::endedForTime);
    count(
        "ppe.calls.lost",
        "Calls that ended without an answer, or that were more than a client may have",
        Tags.empty(),
        calls.streams().lost()::lost);
    countRefusedConnections("lost", calls.streams().lost()::barred);
    gauge(
        "ppe.arriving.bytes",
        "Bytes of requests that have come in part, or are not taken yet",
        calls::arrivingBytes);
    gauge("ppe.arriving.limit.bytes", "Bytes that may have come so", calls::maxArrivingBytes);
  }

  private void countRefusedCalls(String reason, LongSupplier calls) {
    count(
        "ppe.calls.refused",
        "Calls that were ended before their requests had come",
        Tags.of("reason", reason),
        calls);
  }

  /** Shows how many connections there are and may be, and how many were refused. */
  public void bindConnections(Connections connections, ConnectionLimits limits) {
    gauge("ppe.connections.open", "Connections that are open", connections::open);
    count("ppe.connections", "Connections since the start", Tags.empty(), connections::total);
    gauge(
        "ppe.sockets.open",
        "Connections that are open, with those on which no call can be made yet",
        limits::open);
    gauge("ppe.sockets.limit", "Connections that may be open", limits::most);
    for (Refusal reason : Refusal.values()) {
      countRefusedConnections(reason.label(), () -> limits.refused(reason));
    }
  }

  private void countRefusedConnections(String reason, LongSupplier connections) {
    count(
        "ppe.connections.refused",
        "Connections that were closed as they came",
        Tags.of("reason", reason),
        connections);
  }

  /** Shows how many bytes of answers clients leave unread. */
  public void bindUnread(LongSupplier bytes) {
    gauge("ppe.unread.bytes", "Bytes of answers that clients have not read", bytes::getAsLong);
  }

  /** Shows a queue and the workers behind it. */
  public void bindQueue(QueueFigures figures) {
    gauge("ppe.queue.waiting", "Requests that wait", figures.waiting()::getAsInt);
    gauge("ppe.queue.capacity", "Requests that may wait", figures.capacity()::getAsInt);
    gauge("ppe.workers.busy", "Workers that are at a request", figures.running()::getAsInt);
    gauge("ppe.workers", "Workers", figures.workers()::getAsInt);
    gauge("ppe.requests.open", "Requests without an answer", figures.open()::getAsInt);
    gauge("ppe.pending.bytes", "Memory of the open requests", figures.pendingBytes()::getAsLong);
    gauge(
        "ppe.pending.limit.bytes",
        "Memory that open requests may take",
        figures.pendingBytesLimit()::getAsLong);
    count(
        "ppe.worker.faults",
        "Faults of the program that no request could be told of",
        Tags.empty(),
        figures.faults());
  }

  /**
   * Shows how many requests were refused because of too much to do.
   *
   * @param counts by reason
   */
  public void bindRefusals(Map<String, LongSupplier> counts) {
    counts.forEach(
        (reason, count) ->
            count(
                "ppe.refused", "Requests refused for overload", Tags.of("reason", reason), count));
  }

  /** Shows the answers that replicas share. */
  public void bindSecondLevel(SecondLevelFigures figures) {
    gauge(
        "ppe.redis.available",
        "1 while Redis answers, 0 from when it stops until it has answered again",
        () -> figures.available().getAsBoolean() ? 1 : 0);
    count("ppe.redis.hits", "Answers that Redis had", Tags.empty(), figures.hits());
    count("ppe.redis.misses", "Answers that Redis had not", Tags.empty(), figures.misses());
    count(
        "ppe.redis.failures",
        "Questions and deposits that failed",
        Tags.empty(),
        figures.failures());
    count(
        "ppe.redis.skipped",
        "Questions and deposits that were not made",
        Tags.empty(),
        figures.skipped());
  }

  /**
   * Shows a cache.
   *
   * @param name its label, such as results
   */
  public void bindCache(String name, CacheFigures figures) {
    Tags tags = Tags.of("cache", name);
    count("ppe.cache.hits", "Look-ups that found something", tags, figures.hits());
    count("ppe.cache.misses", "Look-ups that found nothing", tags, figures.misses());
    count("ppe.cache.evictions", "Entries that made room", tags, figures.evictions());
    gauge("ppe.cache.entries", "Entries", tags, figures.entries()::getAsLong);
    gauge("ppe.cache.bytes", "What the entries weigh", tags, figures.bytes()::getAsLong);
    gauge("ppe.cache.limit.bytes", "What they may weigh", tags, figures.bytesLimit()::getAsLong);
  }

  /**
   * Shows what became of changed files.
   *
   * @param failures how often they were refused
   * @param refused how many certificates and files of clients in use are not those on disk
   */
  public void bindReloads(IntSupplier failures, IntSupplier refused) {
    gauge(
        "ppe.reload.refused",
        "Certificates and files of clients in use that are not those on disk, which were refused",
        refused::getAsInt);
    count(
        "ppe.reload.failures",
        "Changed certificates, keys and client files that were refused",
        Tags.empty(),
        failures::getAsInt);
  }

  /** Shows when the server's certificate ends. */
  public void bindCertificate(Supplier<Instant> expiry) {
    TimeGauge.builder(
            "ppe.tls.certificate.expiry", () -> expiry.get().getEpochSecond(), TimeUnit.SECONDS)
        .description("When the server's certificate ends, in seconds since 1970")
        .register(registry);
  }

  /** Everything, in Prometheus's text form. */
  public String scrape() {
    return registry.scrape();
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    gauge(name, description, Tags.empty(), value);
  }

  private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  private void count(String name, String description, Tags tags, LongSupplier value) {
    // The registry holds its second argument weakly, and the function strongly.
    FunctionCounter.builder(name, this, metrics -> value.getAsLong())
        .description(description)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }
}
