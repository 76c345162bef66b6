package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen of a built-in network. */
class NetworkOptionsTest {
  @TempDir private Path folder;

  private static Cli ppe(String command, String arguments) {
    return Cli.ppe(
        Stream.concat(Stream.of(command), Stream.of(arguments.split(" ", -1)))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2 --input-size 96, 1x96x96x3 int8 -> 1x1001 int8",
    "mobilenet_v2 --classes 10, 1x224x224x3 int8 -> 1x10 int8",
    "mobilenet_v2 --arithmetic float32, 1x224x224x3 float32 -> 1x1001 float32",
    "mobilenet_v2_0.35 --input-size 160 --classes 2 --arithmetic float32,"
        + " 1x160x160x3 float32 -> 1x2 float32",
    "nasbench201/7 --classes 3, 1x32x32x3 int8 -> 1x3 int8",
  })
  void networkIsBuiltAsChosen(String arguments, String shapes) {
    assertThat(ppe("inspect", arguments).out()).contains("   " + shapes + "   ");
  }

  @Test
  void textHasALength() {
    assertThat(ppe("estimate", "mobilebert_edgetpu_xs --sequence-length 128").out())
        .contains("128 int32");
  }

  @Test
  void choicesHoldForEveryModel() {
    Cli run = ppe("estimate", "mobilenet_v1 mobilenet_v2 --input-size 64 --format json --layers 0");
    assertThat(run.lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("12288"));
  }

  @Test
  void serversAreAskedForTheSameNetwork() {
    String arguments = "mobilenet_v2 --input-size 64 --format json";
    try (TestServer server = TestServer.start()) {
      assertThat(ppe("estimate", arguments + " --target " + server.address()))
          .isEqualTo(ppe("estimate", arguments));
    }
  }

  @Test
  void exportedNetworkIsTheOneChosen() throws IOException {
    Path file = folder.resolve("model.tflite");
    assertThat(
            ppe("export", "mobilenet_v2 --input-size 64 --classes 5 --to tflite -o " + file)
                .exitCode())
        .isZero();
    assertThat(ppe("inspect", file.toString()).out()).contains("1x64x64x3 int8 -> 1x5 int8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mobilenet_v2 --sequence-length 3|--sequence-length 3: the network has no sequence length"
            + " to choose, only input size, classes, arithmetic",
        "bert_base --input-size 3|--input-size 3: the network has no input size to choose, only"
            + " sequence length, arithmetic",
        "spaghettinet_edgetpu_s --classes 3|--classes 3: the network has no classes to choose, only"
            + " input size, arithmetic",
        "mobilenet_v2 --input-size 0|--input-size 0: input size is 0, must be 1 or more",
        "mobilenet_v2 --classes -1|--classes -1: classes is -1, must be 1 or more",
        "bert_base --sequence-length 513|with --sequence-length 513: layer"
            + " \"embedding/position\": a text of 513 tokens, must be 512 or less",
        "inception_v3 --input-size 32|with --input-size 32: layer \"mixed3/t0/0-conv3x3\": kernel"
            + " spans 3 elements but the padded input has only 1",
        "unet_mobilenet_v2_128 --input-size 100|with --input-size 100: layer \"image\": 100 rows"
            + " are no multiple of 32: the decoder doubles what the encoder halves",
        "mobilenet_v2 --input-size 100000|with --input-size 100000: tensor 0 \"image\": has"
            + " 30000000000 bytes, the limit is 4294967296",
      })
  void choiceThatTheNetworkDoesNotHaveIsSaid(String arguments, String reason) {
    Cli run = ppe("estimate", arguments);
    String model = arguments.substring(0, arguments.indexOf(' '));
    assertThat(run.err()).isEqualTo("ppe: %s: %s%n".formatted(model, reason));
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void filesAreAsTheyAre() throws IOException {
    Path file = Files.writeString(folder.resolve("model.json"), "{}");
    assertThat(ppe("estimate", file + " mobilenet_v2 --classes 3 --format json").err())
        .isEqualTo(
            "ppe: %s: --classes 3 is for built-in networks; a file is as it is%n".formatted(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"estimate", "inspect", "export"})
  void helpSaysWhatCanBeChosen(String command) {
    assertThat(ppe(command, "--help").out())
        .contains("--input-size=N", "--classes=N", "--sequence-length=N", "--arithmetic=TYPE");
  }
}
