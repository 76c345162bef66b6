package dev.ppe.distribution.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import dev.ppe.server.config.ConnectionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the servers under attack are told. Run at the root of a checkout. */
enum Settings {
  /** The defaults, and what Kubernetes' manifests set for production. */
  PRODUCTION {
    @Override
    String yaml() throws IOException {
      return Files.readString(Path.of("docker/kubernetes/overlays/production/server.yaml"));
    }
  },

  /** What docs/operations.md advises for servers that strangers reach. */
  STRANGERS {
    @Override
    String yaml() throws IOException {
      String guide = Files.readString(Path.of("docs/operations.md"));
      String section = guide.substring(guide.indexOf("### Servers that strangers reach"));
      int begin = section.indexOf("```yaml\n") + "```yaml\n".length();
      return section.substring(begin, section.indexOf("```\n", begin));
    }
  };

  /**
   * What is another thing here: who may call, how it is reached, what it says, how fast it ends.
   */
  private static final List<String> OWN =
      List.of("tls", "clientsFile", "host", "port", "admin", "log", "warmUpSeconds");

  private static final ObjectMapper YAML = new YAMLMapper();

  /** The fields, as they are written down for others. */
  abstract String yaml() throws IOException;

  /** A file of the fields, for a server. */
  Path file() {
    try {
      ObjectNode fields = (ObjectNode) YAML.readTree(yaml());
      fields.remove(OWN);
      Path file = Files.createTempFile("ppe-failures-", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, YAML.writeValueAsString(fields));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerConfig config() {
    try {
      return ServerConfigReader.read(Optional.of(file()), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What clients have to reckon with.
   *
   * @param maxMessageBytes that a message may have
   * @param maxModelBytes that a model in it may have
   * @param handshake after which a connection on which nobody speaks HTTP/2 is closed
   * @param silence after which one is closed that has no call and is silent
   * @param silenceInCall the same if it has a call
   */
  record Promises(
      int maxMessageBytes,
      int maxModelBytes,
      Duration handshake,
      Duration silence,
      Duration silenceInCall) {}

  Promises promises() {
    ServerConfig config = config();
    ConnectionSettings connections = config.operations().connections();
    int silence = connections.keepAliveSeconds() + connections.keepAliveTimeoutSeconds();
    int age = connections.maxAgeSeconds() * 11 / 10; // give or take a tenth
    return new Promises(
        config.maxMessageBytes(),
        config.limits().maxModelBytes(),
        Duration.ofSeconds(connections.handshakeSeconds()),
        Duration.ofSeconds(silence),
        Duration.ofSeconds(silence + age + connections.maxAgeGraceSeconds()));
  }
}
