package dev.ppe.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections, environment variables and suggestions. */
class ConfigTreeTest {
  @TempDir private Path folder;

  private ServerConfig read(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("server.yaml"), yaml);
    return ServerConfigReader.read(Optional.of(file), environment, Map.of());
  }

  @Test
  void aSectionKeepsTheDefaultsOfWhatItDoesNotName() throws IOException {
    ConnectionSettings connections =
        read("connections: {maxAgeSeconds: 7}", Map.of()).operations().connections();
    assertThat(connections.maxAgeSeconds()).isEqualTo(7);
    assertThat(connections.keepAliveSeconds())
        .isEqualTo(ConnectionSettings.DEFAULT.keepAliveSeconds());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    ServerConfig config =
        read(
            """
            tls: {certificate: a.pem, key: a.key, clientAuthorities: ca.pem}
            clientsFile: clients.yaml
            admin: {enabled: true, port: 1}
            tracing: {endpoint: "http://collector:4318/v1/traces", samplePercent: 10}
            log: {format: json, slowRequestMillis: 5}
            """,
            Map.of());
    assertThat(read(ServerConfigReader.fields(config).toString(), Map.of())).isEqualTo(config);
    assertThat(config.operations().security().tls().clientAuthorities()).isEqualTo("ca.pem");
    assertThat(config.operations().log().format()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void theEnvironmentGoesBeforeTheFileAndOptionsBeforeBoth() throws IOException {
    Map<String, String> environment =
        Map.of(
            "PPE_SERVER_MAX_NODES", "12",
            "PPE_SERVER_TLS_CLIENT_AUTHORITIES", "",
            "PPE_SERVER_PLAINTEXT", "true",
            "PPE_SERVER_HOST", "0.0.0.0",
            "PPE_SERVER_LOG_FORMAT", "json",
            "PATH", "/bin");
    ServerConfig config = read("maxNodes: 3\nmaxTensors: 4\n", environment);
    assertThat(config.limits().graph().maxNodes()).isEqualTo(12);
    assertThat(config.limits().graph().maxTensors()).isEqualTo(4);
    assertThat(config.operations().security().plaintext()).isTrue();
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.operations().log().format()).isEqualTo(LogFormat.JSON);
    assertThat(
            ServerConfigReader.read(Optional.empty(), environment, Map.of("maxNodes", 1))
                .limits()
                .graph()
                .maxNodes())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prot: 1                        | server.yaml: prot is no field of the configuration; did you mean port?
          MaxNodes: 1                    | did you mean maxNodes?
          maxAgeSeconds: 1               | did you mean connections.maxAgeSeconds?
          tls: {cert: x}                 | tls.cert is no field of the configuration
          tls: {keys: x}                 | did you mean tls.key?
          conections: {}                 | conections is no field of the configuration
          zzzzzzzz: 1                    | zzzzzzzz is no field of the configuration
          tls: 3                         | tls is 3, must be a mapping of fields
          port: {a: 1}                   | port is {"a":1}, must be a whole number
          tls: {certificate: x}          | tls.certificate is given without tls.key
          tls: {key: x}                  | tls.key is given without tls.certificate
          tls: {clientAuthorities: x}    | tls.clientAuthorities is given without tls.certificate
          log: {format: xml}             | log.format is "xml", must be one of text, json
          tracing: {endpoint: collector} | tracing.endpoint is "collector", must be a URL
          tracing: {samplePercent: 101}  | tracing.samplePercent is 101, must be between 0 and 100
          admin: {port: 65536}           | admin.port is 65536, must be between 0 and 65535
          admin: {host: ''}              | admin.host is empty
          connections: {keepAliveSeconds: 0} | connections.keepAliveSeconds is 0, must be between 1
          reloadSeconds: 0               | reloadSeconds is 0
          warmUpSeconds: 3601            | warmUpSeconds is 3601, must be between 0 and 3600
          drainSeconds: -1               | drainSeconds is -1
          """)
  void aMistakeIsNamedWithWhatMayBeMeant(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(yaml, Map.of()))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PPE_SERVER_PROT           | 1     | PPE_SERVER_PROT stands for no field of the configuration; did you mean PPE_SERVER_PORT?
          PPE_SERVER_PORT           | http  | PPE_SERVER_PORT is "http", but port must be a whole number
          PPE_SERVER_REFLECTION     | yes   | PPE_SERVER_REFLECTION is "yes", but reflection must be true or false
          PPE_SERVER_WORKERS        | 0     | workers is 0, must be between 1 and 1024
          """)
  void aMistakeInTheEnvironmentIsNamed(String variable, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("", Map.of(variable, value)))
        .withMessage(message);
  }

  @Test
  void variablesThatKubernetesSetsAreNoMistake() throws IOException {
    assertThat(
            read(
                "",
                Map.of(
                    "PPE_SERVER_PORT", "tcp://10.0.0.7:50051",
                    "PPE_SERVER_PORT_50051_TCP_ADDR", "10.0.0.7",
                    "PPE_SERVER_SERVICE_HOST", "10.0.0.7",
                    "PPE_SERVER_SERVICE_PORT_GRPC", "50051")))
        .isEqualTo(ServerConfig.DEFAULT);
  }

  @Test
  void everyFieldHasAVariableOfItsOwn() {
    var paths = ConfigTree.of(ServerConfigReader.fields(ServerConfig.DEFAULT)).paths();
    assertThat(paths).extracting(Environment::variable).doesNotHaveDuplicates();
    assertThat(Environment.variable("connections.maxAgeSeconds"))
        .isEqualTo("PPE_SERVER_CONNECTIONS_MAX_AGE_SECONDS");
  }
}
