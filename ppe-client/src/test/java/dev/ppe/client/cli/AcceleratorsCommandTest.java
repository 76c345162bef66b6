package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.hardware.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceleratorsCommandTest {
  @TempDir private Path folder;

  static Iterable<String> presets() {
    return Presets.names();
  }

  @Test
  void allAreListedAndTheDefaultIsMarked() {
    Cli run = Cli.ppe("accelerators");
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines().stream().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactlyElementsOf(Presets.names());
    assertThat(run.out())
        .containsPattern("coral-usb \\(default\\) +4x4 +4096 +500 MHz +4.10 TOPS +192 KiB");
  }

  @ParameterizedTest
  @MethodSource("presets")
  void oneInFullIsItsYaml(String name) {
    assertThat(AcceleratorYaml.read("test", Cli.ppe("accelerators", name).out()))
        .isEqualTo(Presets.get(name));
  }

  @Test
  void oneInFullIsAnAcceleratorAgain() throws IOException {
    Path file =
        Files.writeString(folder.resolve("mine.yaml"), Cli.ppe("accelerators", "edgetpu-v2").out());
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "-f", "json", "-a", file.toString()))
        .isEqualTo(Cli.ppe("estimate", "mobilenet_v2", "-f", "json", "-a", "edgetpu-v2"));
  }

  @Test
  void jsonIsALineEach() {
    Cli run = Cli.ppe("accelerators", "--format", "json");
    assertThat(
            run.lines().stream()
                .map(
                    line ->
                        JsonParser.parseString(line).getAsJsonObject().get("name").getAsString()))
        .containsExactlyElementsOf(Presets.names());
  }

  @Test
  void aServerHasTheSame() {
    try (TestServer server = TestServer.start()) {
      assertThat(Cli.ppe("accelerators", "--target", server.address()))
          .isEqualTo(Cli.ppe("accelerators"));
      assertThat(Cli.ppe("accelerators", "tensor-g1", "--target", server.address()))
          .isEqualTo(Cli.ppe("accelerators", "tensor-g1"));
      assertThat(Cli.ppe("accelerators", "tensor-g7", "--target", server.address()))
          .isEqualTo(Cli.ppe("accelerators", "tensor-g7"));
    }
  }
}
