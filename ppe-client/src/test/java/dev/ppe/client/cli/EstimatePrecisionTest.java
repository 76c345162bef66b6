package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --precision}, from the command line to the answer. */
class EstimatePrecisionTest {
  @TempDir private Path folder;

  private static JsonObject json(String... arguments) {
    Cli run = Cli.ppe(arguments);
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    return JsonParser.parseString(run.lines().getFirst()).getAsJsonObject();
  }

  private String floatNetwork() throws IOException {
    Path file = folder.resolve("candidate.json");
    Cli run =
        Cli.ppe(
            "export", "mobilenet_v2", "--to", "json", "--arithmetic", "float32", "-o", file + "");
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(Files.size(file)).isPositive();
    return file.toString();
  }

  private static String secondLine(Cli run) {
    return run.lines().get(1);
  }

  @Test
  void theTableSaysSoUnlessItIsStored() {
    assertThat(secondLine(Cli.ppe("estimate", "mobilenet_v2")))
        .startsWith("coral-usb, cycle level   ");
    assertThat(secondLine(Cli.ppe("estimate", "mobilenet_v2", "--precision", "stored")))
        .startsWith("coral-usb, cycle level   ");
    assertThat(secondLine(Cli.ppe("estimate", "mobilenet_v2", "--precision", "int8")))
        .startsWith("coral-usb, cycle level, as if int8   ");
    assertThat(
            secondLine(
                Cli.ppe("estimate", "mobilenet_v2", "-a", "tensor-g1", "--precision", "bf16")))
        .startsWith("tensor-g1, cycle level, as if bfloat16   ");
  }

  @Test
  void aFloatFileAsInt8CostsWhatTheInt8NetworkCosts() throws IOException {
    JsonObject built = json("estimate", "mobilenet_v2", "-f", "json");
    JsonObject converted = json("estimate", floatNetwork(), "-f", "json", "--precision", "int8");
    assertThat(converted.remove("precision").getAsString()).isEqualTo("PRECISION_INT8");
    assertThat(built.remove("precision").getAsString()).isEqualTo("PRECISION_STORED");
    converted.remove("modelName");
    built.remove("modelName");
    assertThat(converted).isEqualTo(built);
  }

  @Test
  void aBuiltInNetworkIsTakenAsFloatForBf16() throws IOException {
    List<String> options = List.of("-a", "tensor-g1", "-f", "json", "--precision", "bf16");
    JsonObject builtIn = json(arguments("mobilenet_v2", options));
    JsonObject file = json(arguments(floatNetwork(), options));
    assertThat(builtIn.get("precision").getAsString()).isEqualTo("PRECISION_BF16");
    assertThat(builtIn.get("hostOperators").getAsInt()).isZero();
    assertThat(builtIn.get("notes").getAsJsonArray()).isEmpty();
    assertThat(builtIn.get("graphHash")).isEqualTo(file.get("graphHash"));
    assertThat(builtIn.get("latencyUs")).isEqualTo(file.get("latencyUs"));
  }

  private static String[] arguments(String model, List<String> options) {
    return Stream.concat(Stream.of("estimate", model), options.stream()).toArray(String[]::new);
  }

  @Test
  void aTypeThatTheAcceleratorDoesNotExecuteIsNamed() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--precision", "bf16");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("all of them on the host; first ", ": bfloat16 operand is not supported");
  }

  @Test
  void aServerGivesTheSameTextToTheLastByte() {
    try (TestServer server = TestServer.start()) {
      for (String precision : List.of("stored", "int8", "bf16")) {
        for (String format : List.of("table", "json", "csv")) {
          String[] here = {
            "estimate", "mobilenet_v2", "-a", "tensor-g1", "-f", format, "--precision", precision
          };
          List<String> there = new ArrayList<>(List.of(here));
          there.addAll(List.of("--target", server.address()));
          assertThat(Cli.ppe(there.toArray(String[]::new))).isEqualTo(Cli.ppe(here));
        }
      }
    }
  }

  @Test
  void theHelpNamesThePrecisions() {
    assertThat(Cli.ppe("estimate", "--help").out().replaceAll("\\s+", " "))
        .contains("--precision=TYPE", "stored, int8, bf16");
  }

  @Test
  void anyOtherIsAMistake() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--precision", "fp8");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("fp8", "BF16");
  }
}
