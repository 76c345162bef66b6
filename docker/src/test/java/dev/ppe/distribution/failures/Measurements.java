package dev.ppe.distribution.failures;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.load.LoadResult;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The figures of docs/operations.md, as a table in Markdown on standard output. {@code .ci/measure}
 * runs it on a machine that does nothing else.
 *
 * <p>Arguments: {@code overload SECONDS}, {@code replicas REQUESTS RATE}, {@code interruptions},
 * {@code benchmarks FILE.json}.
 */
public final class Measurements {
  private static final Path DISTRIBUTION = Path.of("docker/target/ppe");
  private static final Configuration PRODUCTION =
      new Configuration(Settings.PRODUCTION, Timeouts.AS_SET);

  private Measurements() {}

  /** Measures one thing. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    switch (given.isEmpty() ? "" : given.getFirst()) {
      case "overload" -> overload(Integer.parseInt(given.get(1)));
      case "replicas" -> replicas(Long.parseLong(given.get(1)), Double.parseDouble(given.get(2)));
      case "interruptions" -> InterruptionGaps.measure();
      case "benchmarks" -> benchmarks(Path.of(given.get(1)));
      default -> {
        System.err.println(
            "overload SECONDS, replicas REQUESTS RATE, interruptions or benchmarks FILE.json");
        System.exit(2);
      }
    }
    System.exit(0);
  }

  /** Of JMH's results as JSON. */
  private static void benchmarks(Path file) throws IOException {
    JsonArray results = JsonParser.parseString(Files.readString(file)).getAsJsonArray();
    for (JsonElement element : results) {
      JsonObject result = element.getAsJsonObject();
      JsonObject metric = result.getAsJsonObject("primaryMetric");
      String name = result.get("benchmark").getAsString();
      JsonObject percentiles = metric.getAsJsonObject("scorePercentiles");
      System.out.printf(
          Locale.ROOT,
          "| %s %s, %d threads, %s | %.4g %s (median of the samples %.4g) |%n",
          name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
          result.has("params") ? result.get("params") : "",
          result.get("threads").getAsInt(),
          result.get("mode").getAsString(),
          metric.get("score").getAsDouble(),
          metric.get("scoreUnit").getAsString(),
          percentiles.get("50.0").getAsDouble());
    }
  }

  /** What one run of {@code ppe load} came to. */
  private record Load(double rate, double goodput, double p99Ms, JsonObject json) {}

  /** A server on one core, the generator on the other. */
  private static void overload(int seconds) throws Exception {
    List<String> options = List.of("--workers", "1", "--cache-bytes", "0");
    List<String> onOneCore = List.of("taskset", "-c", "0");
    try (ServerProcess server = new ServerProcess(DISTRIBUTION, PRODUCTION, onOneCore, options)) {
      load(server, 200, 20); // warm
      Load peak = load(server, 200, 10);
      for (double rate = 300; ; rate *= 1.3) { // until more load brings no more answers
        Load next = load(server, rate, 10);
        boolean more = next.goodput() > 1.02 * peak.goodput();
        peak = next.goodput() > peak.goodput() ? next : peak;
        if (!more && next.goodput() < 0.95 * rate) {
          break;
        }
      }
      Load usual = load(server, 0.7 * peak.goodput(), 60);
      long before = server.heapAfterCollection();
      double residentBefore = server.metric("process_resident_memory_bytes");
      Load three = load(server, 3 * peak.goodput(), seconds);
      double residentAfter = server.metric("process_resident_memory_bytes");
      long after = server.heapAfterCollection();
      row("capacity: most answers a second", String.format(Locale.ROOT, "%.0f", peak.goodput()));
      row("p99 at 0.7 of it", String.format(Locale.ROOT, "%.1f ms", usual.p99Ms()));
      row(
          "answers a second at 3 times the capacity, for %d s".formatted(seconds),
          String.format(
              Locale.ROOT,
              "%.0f (%.2f of the most)",
              three.goodput(),
              three.goodput() / peak.goodput()));
      row(
          "p99 of what was answered then",
          String.format(
              Locale.ROOT,
              "%.1f ms (%.2f of that at 0.7)",
              three.p99Ms(),
              three.p99Ms() / usual.p99Ms()));
      row(
          "heap after a full collection, before and after",
          String.format(Locale.ROOT, "%.1f and %.1f MiB", before / 1048576.0, after / 1048576.0));
      row(
          "resident memory, before and after",
          String.format(
              Locale.ROOT, "%.0f and %.0f MiB", residentBefore / 1048576, residentAfter / 1048576));
      System.err.println(three.json());
    }
  }

  private static Load load(ServerProcess server, double rate, int seconds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "1"));
    command.add(DISTRIBUTION.resolve("bin/ppe").toString());
    command.addAll(List.of("load", "--target", server.address(), "--rate", "" + rate));
    command.addAll(List.of("--duration", seconds + "s", "--warm-up", "10s"));
    command.addAll(List.of("--candidates", "3000", "--no-layers", "--no-retries"));
    command.addAll(List.of("--deadline", "1s", "--format", "json"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    JsonObject json;
    try (InputStreamReader out =
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      json = JsonParser.parseReader(out).getAsJsonObject();
    }
    process.waitFor();
    double p99 = 0;
    for (JsonElement outcome : json.getAsJsonArray("outcomes")) {
      if (outcome.getAsJsonObject().get("code").getAsString().equals(LoadResult.OK)) {
        p99 = outcome.getAsJsonObject().getAsJsonObject("latencyUs").get("p99").getAsDouble();
      }
    }
    Load load = new Load(rate, json.get("goodput").getAsDouble(), p99 / 1e3, json);
    System.err.printf(
        Locale.ROOT,
        "%.0f a second: %.0f answered, p99 %.1f ms, lateness p99 %.1f ms%n",
        rate,
        load.goodput(),
        load.p99Ms(),
        json.getAsJsonObject("latenessUs").get("p99").getAsDouble() / 1e3);
    return load;
  }

  /** So many requests while replicas are killed and rolled by turns. */
  private static void replicas(long requests, double rate) throws Exception {
    List<ServerProcess> servers = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    int rounds = 0;
    try {
      for (int i = 0; i < 3; i++) {
        servers.add(ServerProcess.start(DISTRIBUTION, PRODUCTION));
      }
      LoadResult result;
      try (HealthyClients clients = new HealthyClients(servers, rate, 1)) {
        while (clients.sent() < requests) {
          faults.addAll(new KilledReplica().run(servers, Duration.ofSeconds(8), random));
          faults.addAll(new RollingRestart().run(servers, Duration.ofSeconds(8), random));
          rounds++;
        }
        result = clients.stop();
      }
      faults.addAll(Findings.faultsOf(result));
      row(
          "requests over 3 replicas, of which one was killed and all were rolled %d times"
              .formatted(rounds),
          Long.toString(result.answers().sent()));
      row(
          "of them failed, lost, answered twice, wrong",
          "%d, %d, %d, %d of %d compared"
              .formatted(
                  result.failed(),
                  result.answers().lost(),
                  result.answers().duplicate(),
                  result.answers().wrong(),
                  result.answers().verified()));
      faults.forEach(System.err::println);
    } finally {
      servers.forEach(ServerProcess::close);
    }
  }

  private static void row(String what, String figures) {
    System.out.printf(Locale.ROOT, "| %s | %s |%n", what, figures);
  }
}
