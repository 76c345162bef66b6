package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
  @TempDir private Path directory;

  private ServerConfig read(String yaml, Map<String, Object> given) throws IOException {
    Path file = Files.writeString(directory.resolve("server.yaml"), yaml);
    return ServerConfigReader.read(Optional.of(file), given);
  }

  @Test
  void nothingGivenIsTheDefault() throws IOException {
    assertThat(ServerConfigReader.read(Optional.empty(), Map.of())).isEqualTo(ServerConfig.DEFAULT);
    assertThat(read("", Map.of())).isEqualTo(ServerConfig.DEFAULT);
    assertThat(read("# nothing\n", Map.of())).isEqualTo(ServerConfig.DEFAULT);
  }

  @Test
  void theCommandLineGoesBeforeTheFile() throws IOException {
    ServerConfig config =
        read("port: 1\nworkers: 3\nmaxTensorBytes: 99\nreflection: false\n", Map.of("port", 2));
    assertThat(config.port()).isEqualTo(2);
    assertThat(config.workers()).isEqualTo(3);
    assertThat(config.reflection()).isFalse();
    assertThat(config.limits().graph().maxTensorBytes()).isEqualTo(99);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: 70000               | port is 70000, must be between 0 and 65535
          port: -1                  | port is -1
          port: http                | port is "http", must be a whole number
          port: 1.5                 | port is 1.5, must be a whole number
          port: [1]                 | port is [1], must be a whole number
          port:                     | port is null, must be a whole number
          host: ''                  | host is empty
          host: 12                  | host is 12, must be text
          workers: 0                | workers is 0, must be between 1 and 1024
          queueCapacity: 0          | queueCapacity is 0
          maxMessageBytes: 3        | maxMessageBytes is 3
          maxMessageBytes: 99999999999 | maxMessageBytes is 99999999999, must be a whole number
          maxModelBytes: 0          | maxModelBytes is 0
          maxNodes: 0               | maxNodes is 0
          maxTensors: 0             | maxTensors is 0
          maxTensorBytes: 0         | maxTensorBytes is 0
          maxPendingBytes: 0        | maxPendingBytes is 0
          reflection: maybe         | reflection is "maybe", must be true or false
          shutdownGraceSeconds: -1  | shutdownGraceSeconds is -1
          maxWaitMillis: 0          | maxWaitMillis is 0, must be between 1 and 3600000
          maxStandingWaitMillis: 0  | maxStandingWaitMillis is 0, must be between 1 and 3600000
          cacheBytes: -1            | cacheBytes is -1, must be between 0 and 1099511627776
          memoBytes: -1             | memoBytes is -1, must be between 0 and 1099511627776
          redisUrl: 'http://a:1'    | redisUrl is no address of a Redis, must be like redis://
          redisUrl: 'redis://:x y@h'| redisUrl is no address of a Redis
          redisTimeoutMillis: 0     | redisTimeoutMillis is 0, must be between 1 and 10000
          redisKeepSeconds: 0       | redisKeepSeconds is 0
          prot: 1                   | prot is no field
          - port                    | must be a mapping of fields
          'port: {'                 | line
          """)
  void aMistakeIsNamed(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(yaml, Map.of()))
        .withMessageContaining(message);
  }

  @Test
  void aRedisWithoutACacheIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("cacheBytes: 0\nredisUrl: redis://a:1\n", Map.of()))
        .withMessageContaining("cacheBytes is 0");
  }

  @Test
  void aPasswordIsNotPrinted() throws IOException {
    assertThat(read("redisUrl: redis://:secret@host:7\n", Map.of()).toString())
        .contains("host:7")
        .doesNotContain("secret");
  }

  @Test
  void aFieldGivenTwiceIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("port: 1\nport: 2\n", Map.of()))
        .withMessageContaining("port");
  }
}
