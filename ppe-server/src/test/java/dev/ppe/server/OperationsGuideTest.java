package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.server.config.ConfigTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md tells of every field, metric and alert that there is, and of no other. */
class OperationsGuideTest {
  private static final Pattern FIELD_ROW =
      Pattern.compile("(?m)^\\| `([a-zA-Z.]+)` \\|[^|]*\\|([^|]*)\\|[^|]*\\| [^|]{10,} \\|$");

  private static String guide() throws IOException {
    return Files.readString(Path.of("../docs/operations.md"));
  }

  @Test
  void everyFieldHasARow() throws IOException {
    List<String> documented =
        FIELD_ROW.matcher(guide()).results().map(row -> row.group(1)).toList();
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            ConfigTree.of(ServerConfigReader.fields(ServerConfig.DEFAULT)).paths());
  }

  @Test
  void defaultsThatArePlainNumbersAreTheFields() throws IOException {
    ConfigTree tree = ConfigTree.of(ServerConfigReader.fields(ServerConfig.DEFAULT));
    for (MatchResult row : FIELD_ROW.matcher(guide()).results().toList()) {
      String told = row.group(2).strip();
      if (told.matches("\\d+|true|false")) {
        String path = "/" + row.group(1).replace('.', '/');
        assertThat(tree.fields().at(path).asText()).as(row.group(1)).isEqualTo(told);
      }
    }
  }

  @Test
  void everyMetricOfTheServersOwnIsThere() throws Exception {
    String guide = guide();
    try (Loopback loopback = Loopback.start(Map.of("admin.enabled", true, "admin.port", 0))) {
      loopback.blocking().estimate(Requests.small());
      TreeSet<String> metrics = new TreeSet<>();
      AdminClient.of(loopback.server)
          .metrics()
          .lines()
          .filter(line -> line.startsWith("# TYPE ppe_"))
          .map(line -> line.split(" ", -1)[2].replaceFirst("_max$", ""))
          .forEach(metrics::add);
      assertThat(metrics).hasSizeGreaterThan(10);
      assertThat(metrics).allSatisfy(metric -> assertThat(guide).contains("`" + metric + "`"));
    }
  }

  @Test
  void everyAlertIsThere() throws IOException {
    String guide = guide();
    JsonNode alerts =
        new YAMLMapper().readTree(Path.of("../docker/observability/alerts.yml").toFile());
    for (JsonNode rule : alerts.at("/groups/0/rules")) {
      assertThat(guide).contains(rule.get("alert").asText());
    }
  }
}
