package dev.ppe.distribution.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
      fields.put("reflection", true); // as it is by default: what is not there cannot be attacked
      Path file = Files.createTempFile("ppe-failures-", ".yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, YAML.writeValueAsString(fields));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
