package dev.ppe.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.RedisConfig;
import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ServerOptionsTest {
  private static Map<String, Object> given(String... arguments) {
    ServerOptions options = new ServerOptions();
    CommandSpec spec = CommandSpec.create();
    spec.addMixin("options", CommandSpec.forAnnotatedObject(options));
    new CommandLine(spec).parseArgs(arguments);
    return options.given();
  }

  @Test
  void onlyWhatIsGivenIsTold() {
    assertThat(given()).isEmpty();
    assertThat(given("--port", "1")).isEqualTo(Map.of("port", 1));
  }

  @Test
  void reflectionCanBeSwitchedOnAndOff() {
    assertThat(given("--reflection")).isEqualTo(Map.of("reflection", true));
    assertThat(given("--no-reflection")).isEqualTo(Map.of("reflection", false));
  }

  @Test
  void everyOptionIsAFieldOfTheConfiguration() throws IOException {
    Map<String, Object> given =
        given(
            "--port=1 --host=::1 --workers=2 --queue-capacity=3 --max-pending-bytes=4".split(" "));
    assertThat(given).hasSize(5);
    ServerConfig config = ServerConfigReader.read(Optional.empty(), given);
    assertThat(config.port()).isEqualTo(1);
    assertThat(config.host()).isEqualTo("::1");
    assertThat(config.workers()).isEqualTo(2);
    assertThat(config.queueCapacity()).isEqualTo(3);
    assertThat(config.maxPendingBytes()).isEqualTo(4);
    Map<String, Object> limits =
        given(
            ("--max-message-bytes=2000 --max-model-bytes=5 --max-nodes=6 --max-tensors=7"
                    + " --max-tensor-bytes=8 --shutdown-grace-seconds=9")
                .split(" "));
    assertThat(limits).hasSize(6);
    ServerConfig limited = ServerConfigReader.read(Optional.empty(), limits);
    assertThat(limited.maxMessageBytes()).isEqualTo(2000);
    assertThat(limited.limits().maxModelBytes()).isEqualTo(5);
    assertThat(limited.limits().graph().maxNodes()).isEqualTo(6);
    assertThat(limited.limits().graph().maxTensors()).isEqualTo(7);
    assertThat(limited.limits().graph().maxTensorBytes()).isEqualTo(8);
    assertThat(limited.shutdownGraceSeconds()).isEqualTo(9);
    Map<String, Object> waiting =
        given(
            ("--max-wait-millis=10 --max-standing-wait-millis=5 --cache-bytes=11 --memo-bytes=12"
                    + " --redis-url=redis://host:12")
                .split(" "));
    assertThat(waiting).hasSize(5);
    ServerConfig kept = ServerConfigReader.read(Optional.empty(), waiting);
    assertThat(kept.maxWaitMillis()).isEqualTo(10);
    assertThat(kept.maxStandingWaitMillis()).isEqualTo(5);
    assertThat(kept.cache().maxBytes()).isEqualTo(11);
    assertThat(kept.cache().memoBytes()).isEqualTo(12);
    assertThat(kept.cache().redis()).map(RedisConfig::url).contains("redis://host:12");
  }
}
