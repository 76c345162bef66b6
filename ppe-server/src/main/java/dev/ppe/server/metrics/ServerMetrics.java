package dev.ppe.server.metrics;

import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.RequestRecord;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A server's metrics. Labels take few values, whatever clients send: methods, fidelities, codes,
 * and the names of clients that have tokens.
 */
public final class ServerMetrics implements RequestListener, AutoCloseable {
  /** From a cached answer to the largest network. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final ProcessMetrics process = new ProcessMetrics(registry);
  private final Map<Kind, Timer> latencies = new ConcurrentHashMap<>();
  private final Map<Asker, Counter> askers = new ConcurrentHashMap<>();

  private final Timer waits =
      Timer.builder("ppe.queue.wait")
          .description("Time of requests in the queue, of those that a worker took")
          .serviceLevelObjectives(BUCKETS)
          .register(registry);

  private record Kind(String method, String fidelity, Status.Code code) {}

  private record Asker(String client, Status.Code code) {}

  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    latencies
        .computeIfAbsent(
            new Kind(request.method(), request.task().fidelity(), request.code()), this::latency)
        .record(request.nanos(), TimeUnit.NANOSECONDS);
    request.waited().ifPresent(nanos -> waits.record(nanos, TimeUnit.NANOSECONDS));
    if (request.client().listed()) { // others may have any number of names
      askers
          .computeIfAbsent(new Asker(request.client().name(), request.code()), this::asker)
          .increment();
    }
  }

  private Timer latency(Kind kind) {
    return Timer.builder("ppe.request")
        .description("Time of requests, from being taken in to their end")
        .tag("method", kind.method())
        .tag("fidelity", kind.fidelity())
        .tag("code", kind.code().name())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter asker(Asker asker) {
    return Counter.builder("ppe.client.requests")
        .description("Requests of clients that the file of clients names")
        .tag("client", asker.client())
        .tag("code", asker.code().name())
        .register(registry);
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

  /** Shows how many calls and connections there are. */
  public void bindCalls(IntSupplier calls, Connections connections) {
    gauge("ppe.calls.open", "Calls that are open", calls::getAsInt);
    gauge("ppe.connections.open", "Connections that are open", connections::open);
    count("ppe.connections", "Connections since the start", Tags.empty(), connections::total);
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
    count("ppe.redis.failures", "Questions that failed", Tags.empty(), figures.failures());
    count("ppe.redis.skipped", "Questions that were not asked", Tags.empty(), figures.skipped());
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
