package dev.ppe.server.metrics;

import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.RequestRecord;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many requests there were, of what kind, how they ended and how long they took. Labels take
 * few values, whatever clients send: methods, fidelities, codes, and the names of clients that have
 * tokens.
 */
final class RequestMetrics implements RequestListener {
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

  private final Map<Kind, Timer> latencies = new ConcurrentHashMap<>();
  private final Map<Asker, Counter> askers = new ConcurrentHashMap<>();

  private final MeterRegistry registry;
  private final Timer waits;
  private final Counter faults;

  private record Kind(String method, String fidelity, Status.Code code) {}

  private record Asker(String client, Status.Code code) {}

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.waits =
        Timer.builder("ppe.queue.wait")
            .description("Time of requests in the queue, of those that a worker took")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    this.faults = // there from the start: of a series that begins with 1, Prometheus sees no
        // increase
        Counter.builder("ppe.request.faults")
            .description("Requests that failed by a fault of the program")
            .register(registry);
  }

  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    latencies
        .computeIfAbsent(
            new Kind(request.method(), request.task().fidelity(), request.code()), this::latency)
        .record(request.nanos(), TimeUnit.NANOSECONDS);
    if (request.code() == Status.Code.INTERNAL || request.code() == Status.Code.UNKNOWN) {
      faults.increment();
    }
    request.waited().ifPresent(nanos -> waits.record(nanos, TimeUnit.NANOSECONDS));
    if (request.client().listed()) { // others may have any number of names
      askers
          .computeIfAbsent(new Asker(request.client().name(), request.code()), this::asker)
          .increment();
    }
  }

  private Timer latency(Kind kind) {
    return Timer.builder("ppe.request")
        .description("Time of requests to their end, from when a thread took the call up")
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
}
