package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import dev.ppe.v1.EstimateResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCommandTest {
  private static Cli load(TestServer server, String... options) {
    List<String> arguments = new ArrayList<>(List.of("load", "--target", server.address()));
    arguments.addAll(List.of(options));
    List<String> usual = List.of("--rate", "100", "--arrivals", "constant", "--duration", "500ms");
    for (int i = 0; i < usual.size(); i += 2) {
      if (!arguments.contains(usual.get(i))) {
        arguments.addAll(usual.subList(i, i + 2));
      }
    }
    return Cli.ppe(arguments.toArray(String[]::new));
  }

  @Test
  void aTableTellsWhatWasSentWhatCameBackAndWhetherItWasRight() {
    try (TestServer server = TestServer.start()) {
      Cli run = load(server, "--models", "mobilenet_v2", "--verify");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .startsWith(server.address() + "   100 a second, constant   mobilenet_v2")
          .contains("49 requests", "49 answered", "0 lost, 0 twice", "0 wrong of 49 compared")
          .containsPattern("OK +49 +100 %");
    }
  }

  @Test
  void jsonIsOneObject() {
    try (TestServer server = TestServer.start()) {
      Cli run = load(server, "--candidates", "10", "--verify", "--format", "json");
      assertThat(run.lines()).hasSize(1);
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.get("due").getAsInt()).isEqualTo(49);
      assertThat(json.get("failed").getAsInt()).isZero();
      JsonObject outcome = json.getAsJsonArray("outcomes").get(0).getAsJsonObject();
      assertThat(outcome.get("code").getAsString()).isEqualTo("OK");
      assertThat(outcome.getAsJsonObject("latencyUs").get("p999").getAsDouble()).isPositive();
      assertThat(json.getAsJsonObject("answers").get("verified").getAsInt()).isEqualTo(49);
    }
  }

  @Test
  void wrongAnswersAreExitCode1() {
    EstimateResponse wrong = EstimateResponse.newBuilder().setCycles(1).build();
    try (TestServer server = TestServer.around((request, interruption) -> wrong)) {
      Cli run = load(server, "--candidates", "5", "--verify");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("49 wrong of 49");
    }
  }

  @Test
  void refusalsAreOutcomesAndNoneAnsweredIsExitCode1() {
    try (TestServer server =
        TestServer.around(
            (request, interruption) -> {
              throw new IllegalArgumentException("not today");
            })) {
      Cli run = load(server);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .containsPattern("INVALID_ARGUMENT +49 +100 %")
          .contains("first INVALID_ARGUMENT  not today");
    }
  }

  @Test
  void latenciesAreWrittenAsALog(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("latencies.hlog");
    try (TestServer server = TestServer.start()) {
      assertThat(load(server, "--histogram", log.toString()).exitCode()).isZero();
    }
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.startsWith("#[Histogram log format version"))
        .anyMatch(line -> line.startsWith("Tag=OK,"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate 0|--rate is 0.0, must be above 0",
        "--rate NaN|--rate is NaN, must be above 0",
        "--connections 0|--connections is 0, must be from 1",
        "--max-in-flight 1000000|--max-in-flight is 1000000, must be from 1",
        "--candidates 0|--candidates is 0, must be from 1",
        "--models a,b --candidates 5|--models and --candidates exclude each other",
        "--models mobilenet_v9|mobilenet_v9: no such file, and no built-in network",
        "--duration soon|\"soon\" is no time such as 500ms",
        "--arrivals never|never",
        "--accelerator abacus|abacus",
        "--histogram /no/such/folder/x|no such folder",
        "--tls-ca /no/such/file|/no/such/file"
      })
  void aMistakeIsALineThatNamesIt(String options, String line) {
    try (TestServer server = TestServer.start()) {
      Cli run = load(server, options.split(" "));
      assertThat(run.exitCode()).isIn(1, 2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines().filter(text -> text.startsWith("ppe: ")))
          .singleElement()
          .asString()
          .contains(line);
    }
  }

  @Test
  void whereNobodyAnswersALineSaysSoBeforeAnyLoad() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Cli run = Cli.ppe("load", "--target", "localhost:" + port, "--duration", "1m");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("ppe: no replica answers at localhost:" + port);
  }

  @Test
  void withoutATargetThereIsNothingToLoad() {
    Cli run = Cli.ppe("load");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--target");
  }

  @Test
  void ctrlCPrintsWhatThereIs() throws Exception {
    try (TestServer server = TestServer.start()) {
      Process process =
          Cli.start("load", "--target", server.address(), "--duration", "60m", "-f", "json");
      try (BufferedReader out = process.inputReader()) {
        while (server.estimates() < 20 && process.isAlive()) {
          Thread.sleep(10);
        }
        process.toHandle().destroy(); // unlike the process's own, leaves its output readable
        JsonObject json = JsonParser.parseString(out.readLine()).getAsJsonObject();
        assertThat(json.get("interrupted").getAsBoolean()).isTrue();
        assertThat(json.get("due").getAsInt()).isGreaterThanOrEqualTo(20);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
