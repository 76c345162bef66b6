package dev.ppe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ppe.server.admin.Secrets;
import dev.ppe.server.admin.Section;
import dev.ppe.server.config.ConfigTree;
import dev.ppe.server.connection.ArrivingCalls;
import dev.ppe.server.connection.CallLimits;
import dev.ppe.server.connection.ConnectionLimits;
import dev.ppe.server.connection.StreamLimits;
import dev.ppe.server.metrics.QueueFigures;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.server.observe.SlowRequests;
import dev.ppe.simulator.SimulatorVersion;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What the page for operators shows. */
final class ServerStatus {
  private final Monitoring.Subject subject;
  private final QueueFigures queue;
  private final SlowRequests slowRequests;

  ServerStatus(Monitoring.Subject subject, QueueFigures queue, SlowRequests slowRequests) {
    this.subject = subject;
    this.queue = queue;
    this.slowRequests = slowRequests;
  }

  /** Versions by what they are of. */
  static Map<String, String> build() {
    Map<String, String> build = new LinkedHashMap<>();
    build.put(
        "version",
        Optional.ofNullable(ServerStatus.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"));
    build.put("simulator", SimulatorVersion.CURRENT);
    build.put("java", Runtime.version().toString());
    return build;
  }

  List<Section> sections() {
    return List.of(server(), load(), cache(), memo(), configuration(), slow());
  }

  private Section server() {
    List<List<String>> rows = new ArrayList<>();
    build().forEach((name, version) -> rows.add(List.of(name, version)));
    rows.add(List.of("state", subject.readiness().state().name()));
    Duration up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    rows.add(List.of("up for", up.truncatedTo(ChronoUnit.SECONDS).toString()));
    rows.add(List.of("process", "" + ProcessHandle.current().pid()));
    return Section.ofPairs("Server", rows);
  }

  private Section load() {
    Runtime memory = Runtime.getRuntime();
    return Section.ofPairs(
        "Load",
        List.of(
            List.of("open calls", calls()),
            List.of("bytes of requests on their way", arriving()),
            List.of("connections", connections()),
            List.of("workers at work", of(queue.running(), queue.workers())),
            List.of("requests waiting", of(queue.waiting(), queue.capacity())),
            List.of(
                "requests open",
                of(queue.open(), () -> queue.capacity().getAsInt() + queue.workers().getAsInt())),
            List.of(
                "bytes of requests",
                queue.pendingBytes().getAsLong() + " of " + queue.pendingBytesLimit().getAsLong()),
            List.of(
                "heap",
                (memory.totalMemory() - memory.freeMemory()) + " of " + memory.maxMemory())));
  }

  private String calls() {
    CallLimits limits = subject.arriving().limits();
    StreamLimits streams = subject.arriving().streams();
    return "%d of %d; %d refused, %d lost"
        .formatted(
            limits.open(),
            limits.most(),
            limits.refused() + streams.refused(),
            streams.lost().lost());
  }

  private String arriving() {
    ArrivingCalls arriving = subject.arriving();
    return "%d of %d; %d calls ended for them, %d for being late"
        .formatted(
            arriving.arrivingBytes(),
            arriving.maxArrivingBytes(),
            arriving.endedForBytes(),
            arriving.endedForTime());
  }

  private String connections() {
    ConnectionLimits limits = subject.limits();
    return "%d of %d, %d of them ready for calls; %d so far, and %d refused"
        .formatted(
            limits.open(),
            limits.most(),
            subject.connections().open(),
            subject.connections().total(),
            limits.refused() + subject.arriving().streams().lost().barred());
  }

  private Section cache() {
    ServerStatistics.Cache cache = subject.estimates().statistics().cache();
    ServerStatistics.SecondLevel redis = subject.estimates().statistics().secondLevel();
    return Section.ofPairs(
        "Answers that are kept",
        List.of(
            List.of("entries", "" + cache.entries()),
            List.of("bytes", cache.bytes() + " of " + subject.config().cache().maxBytes()),
            List.of("hits by the request's bytes", "" + cache.requestHits()),
            List.of("hits by the network", "" + cache.hits()),
            List.of("shared with a request at the same time", "" + cache.shared()),
            List.of("worked out", "" + cache.computed()),
            List.of("evicted", "" + cache.evictions()),
            List.of("Redis", subject.config().cache().redis().isEmpty() ? "none" : state(redis))));
  }

  private Section memo() {
    ServerStatistics.Memo memo = subject.estimates().statistics().memo();
    long asked = memo.hits() + memo.misses();
    return Section.ofPairs(
        "Layers whose cut over the PEs is known",
        List.of(
            List.of("entries", "" + memo.entries()),
            List.of("bytes", memo.bytes() + " of " + subject.config().cache().memoBytes()),
            List.of("hits", "" + memo.hits()),
            List.of("misses", "" + memo.misses()),
            List.of("hit rate", asked == 0 ? "none yet" : 100 * memo.hits() / asked + " %"),
            List.of("evicted", "" + memo.evictions())));
  }

  private static String state(ServerStatistics.SecondLevel redis) {
    return "%s; %d hits, %d misses, %d failures, %d not asked"
        .formatted(
            redis.available() ? "asked" : "not asked after failures",
            redis.hits(),
            redis.misses(),
            redis.failures(),
            redis.skipped());
  }

  private static String of(IntSupplier part, IntSupplier whole) {
    return part.getAsInt() + " of " + whole.getAsInt();
  }

  private Section configuration() {
    ObjectNode fields = ServerConfigReader.fields(subject.config());
    List<List<String>> rows = new ArrayList<>();
    for (String path : ConfigTree.of(fields).paths()) {
      JsonNode value = fields.at("/" + path.replace('.', '/'));
      rows.add(List.of(path, Secrets.masked(path, value.asText())));
    }
    return Section.ofPairs("Configuration", rows);
  }

  private Section slow() {
    List<List<String>> rows = new ArrayList<>();
    for (RequestRecord request : slowRequests.latest()) {
      rows.add(
          List.of(
              request.start().truncatedTo(ChronoUnit.MILLIS).toString(),
              request.id(),
              request.client().name(),
              request.method(),
              RequestLog.printable(request.task().model()),
              RequestLog.printable(request.task().accelerator()),
              request.task().fidelity(),
              request.code().name(),
              "%d ms".formatted(request.nanos() / 1_000_000)));
    }
    return new Section(
        "Slow requests, the newest first",
        List.of(
            "begun", "id", "client", "method", "model", "accelerator", "fidelity", "code", "time"),
        rows);
  }
}
