package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ppe compile}: what the compiler decided, and why. */
class CompileCommandTest {
  private static final String NETWORK = "mobilenet_v1_0.25_128";

  @Test
  void theTableSaysWhereEverythingGoesAndWhy() {
    Cli run = Cli.ppe("compile", NETWORK);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("29 operators, all on the accelerator", "19 other operators")
        .contains("cut", "bound by", "PE memory", "cached", "lower bound");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  /** As the vendor's compiler plans: 8996 bytes in a PE. */
  @Test
  void jsonHoldsEverything() {
    JsonObject answer =
        JsonParser.parseString(Cli.ppe("compile", NETWORK, "--format", "json").out())
            .getAsJsonObject();

    JsonArray operators = answer.getAsJsonArray("operators");
    assertThat(operators).hasSize(29);
    assertThat(answer.getAsJsonArray("tensors")).isNotEmpty();
    assertThat(answer.toString()).contains("8996");
  }

  @Test
  void csvHasARowAnOperator() {
    assertThat(Cli.ppe("compile", NETWORK, "--format", "csv").lines()).hasSize(1 + 29);
  }

  @Test
  void allRowsAreShownWhenAskedFor() {
    assertThat(Cli.ppe("compile", NETWORK, "--all").out()).doesNotContain("other operators");
  }

  @ParameterizedTest
  @ValueSource(strings = {"join", "place", "fuse", "tile", "allocate", "schedule"})
  void stopsAfterEachPhaseAndVerifiesIt(String phase) {
    Cli run = Cli.ppe("compile", NETWORK, "--stop-after", phase, "--verify");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isNotBlank();
  }

  @Test
  void aMisspeltPhaseIsHelpedWith() {
    Cli run = Cli.ppe("compile", NETWORK, "--stop-after", "allocat");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no phase \"allocat\"", "did you mean allocate?");
  }

  @Test
  void aFallbackHasItsReason() {
    Cli run = Cli.ppe("compile", "mobilenet_v3_small", "--all");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hard-swish");
  }

  /** 1280 inputs of its last layer, and 63 results: the most that one of 16 PEs makes of 1001. */
  @ParameterizedTest
  @ValueSource(strings = {"compile", "estimate"})
  void aLayerThatCannotBeTiledIsNamedWithTheBytesItNeeds(String command, @TempDir Path folder)
      throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    Path tiny = Files.writeString(folder.resolve("tiny.yaml"), coral.replace("196608", "1024"));
    Cli run = Cli.ppe(command, "mobilenet_v2", "--accelerator", tiny.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("mobilenet_v2: node \"")
        .contains("needs 1343 bytes there, and pe_memory.bytes is 1024")
        .hasLineCount(1);
  }

  @Test
  void oneModelThatCannotBeReadStopsNoOther() {
    Cli run = Cli.ppe("compile", "no_such_network", NETWORK, "--format", "csv");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no_such_network");
    assertThat(run.lines()).hasSizeGreaterThan(29);
  }
}
