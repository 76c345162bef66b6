package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.server.metrics.ServerMetrics;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.server.security.ClientIdentity;
import dev.ppe.wire.Certificates;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts name metrics and labels that there are. */
class ObservabilityFilesTest {
  private static final Path FOLDER = Path.of("../docker/observability");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!=|!~|=)\"");
  private static final Pattern USED =
      Pattern.compile("\\b((?:ppe|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");

  @TempDir private static Path folder;

  /** Labels by metric. */
  private static final Map<String, Set<String>> METRICS = new TreeMap<>();

  @BeforeAll
  static void scrape() throws Exception {
    new Certificates.Authority("authority").issue("server").write(folder, "server");
    Map<String, Object> fields =
        new HashMap<>(
            Map.of(
                "admin.enabled",
                true,
                "admin.port",
                0,
                "tls.certificate",
                folder.resolve("server.pem").toString(),
                "tls.key",
                folder.resolve("server.key").toString(),
                "redisUrl",
                "redis://127.0.0.1:1")); // nobody there: its figures are all the same
    try (Loopback loopback = Loopback.start(fields)) {
      AdminClient admin = AdminClient.of(loopback.server);
      System.gc();
      admin.awaitMetric("jvm_gc_pause_seconds_count", count -> count > 0);
      read(admin.metrics());
    }
    try (ServerMetrics metrics = new ServerMetrics()) {
      metrics
          .requests()
          .finished(
              new RequestRecord(
                  "id",
                  "Estimate",
                  ClientIdentity.listed("search"),
                  RequestRecord.Task.NONE,
                  Status.Code.OK,
                  Instant.EPOCH,
                  1,
                  OptionalLong.of(1)),
              Optional.empty());
      read(metrics.scrape());
    }
  }

  private static void read(String metrics) {
    for (String line : metrics.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        Set<String> labels = METRICS.computeIfAbsent(sample.group(1), name -> new HashSet<>());
        labels.addAll(labels(Optional.ofNullable(sample.group(2)).orElse("")));
      }
    }
  }

  private static Set<String> labels(String text) {
    Set<String> labels = new HashSet<>();
    for (Matcher label = LABEL.matcher(text); label.find(); ) {
      labels.add(label.group(1));
    }
    return labels;
  }

  private static void assertThatAllIsThere(String expression) {
    Matcher used = USED.matcher(expression);
    while (used.find()) {
      assertThat(METRICS).as(expression).containsKey(used.group(1));
      Set<String> labels = labels(Optional.ofNullable(used.group(2)).orElse(""));
      labels.removeAll(Set.of("instance", "job")); // Prometheus's own
      assertThat(METRICS.get(used.group(1))).as(expression).containsAll(labels);
    }
  }

  @Test
  void theAlertsNameMetricsThatThereAre() throws IOException {
    JsonNode alerts = new YAMLMapper().readTree(FOLDER.resolve("alerts.yml").toFile());
    List<String> names = new ArrayList<>();
    for (JsonNode rule : alerts.at("/groups/0/rules")) {
      names.add(rule.get("alert").asText());
      assertThatAllIsThere(rule.get("expr").asText());
      assertThat(rule.at("/annotations/summary").asText()).contains("$labels.instance");
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
    }
    assertThat(names).hasSizeGreaterThan(8).doesNotHaveDuplicates();
  }

  @Test
  void alertsFireWhenTheyAreTo() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("promtool", "test", "rules", "alerts-test.yml")
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no promtool on the PATH: apt-get install prometheus");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void theDashboardNamesMetricsThatThereAre() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
    int expressions = 0;
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        assertThatAllIsThere(target.get("expr").asText());
        expressions++;
      }
    }
    assertThat(expressions).isGreaterThan(25);
  }

  @Test
  void whatPrometheusReadsIsConfigured() throws IOException {
    JsonNode prometheus = new YAMLMapper().readTree(FOLDER.resolve("prometheus.yml").toFile());
    assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("alerts.yml");
    assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("ppe");
  }

  @Test
  void aMetricThatThereIsNotWouldBeFound() {
    assertThat(catchThrowable(() -> assertThatAllIsThere("rate(ppe_requests_total[5m])")))
        .isInstanceOf(AssertionError.class);
    assertThat(catchThrowable(() -> assertThatAllIsThere("ppe_ready{colour=\"red\"}")))
        .isInstanceOf(AssertionError.class);
  }
}
