package dev.ppe.distribution.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import dev.ppe.server.config.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** compose.yaml: what each replica is told. */
class ComposeTest {
  private static JsonNode replica() throws IOException {
    return new YAMLMapper().readTree(Files.readString(Path.of("compose.yaml"))).get("x-replica");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The image's heap is half of the memory (serve.args). */
  @Test
  void itRunsWhatItsImageDoesWithAQuarterOfTheMemoryForWhatIsOnItsWayIn() throws Exception {
    JsonNode replica = replica();
    List<String> entrypoint = texts(replica.get("entrypoint"));
    int java = entrypoint.indexOf("/opt/ppe/runtime/bin/java");
    assertThat(replica.get("mem_limit").asText()).isEqualTo("1g");
    assertThat(entrypoint.remove(java + 1)).isEqualTo("-XX:MaxDirectMemorySize=256m");
    assertThat(entrypoint).isEqualTo(Dockerfile.entrypointOfServer());
    assertThat(replica.has("command")).isFalse();
  }

  /**
   * The image has none, as it cannot know whether its server has a certificate; these have none.
   */
  @Test
  void itAsksItsReplicasForTheirHealthAsTheyAreToldToListen() throws Exception {
    assertThat(Dockerfile.has("HEALTHCHECK")).isFalse();
    JsonNode replica = replica();
    assertThat(texts(replica.at("/healthcheck/test")))
        .isEqualTo(List.of("CMD", "/opt/ppe/runtime/bin/java", "@/opt/ppe/lib/cli.args", "health"));
    assertThat(replica.at("/environment/PPE_SERVER_PLAINTEXT").asText()).isEqualTo("true");
  }

  @Test
  void aReplicaHasTheTimeToEndThatItAsksFor() throws Exception {
    ServerConfig config = config();
    int needed = config.operations().drainSeconds() + config.shutdownGraceSeconds() + 1;
    assertThat(replica().get("stop_grace_period").asText()).isEqualTo("40s");
    assertThat(needed).isLessThan(40);
  }

  @Test
  void theBalancersAddressMayHaveAllConnectionsAndCalls() throws Exception {
    ConnectionSettings connections = config().operations().connections();
    assertThat(connections.maxConnectionsPerClient())
        .isGreaterThanOrEqualTo(connections.maxConnections());
    assertThat(connections.maxOpenCallsPerClient())
        .isGreaterThanOrEqualTo(connections.maxOpenCalls());
  }

  /** What a replica makes of its variables. */
  private static ServerConfig config() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (Map.Entry<String, JsonNode> variable : replica().get("environment").properties()) {
      environment.put(variable.getKey(), variable.getValue().asText());
    }
    return ServerConfigReader.read(Optional.empty(), environment, Map.of());
  }
}
