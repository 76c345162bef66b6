package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {
  private static final String NETWORK = "mobilenet_edgetpu_v2_tiny";

  @TempDir private Path folder;

  private Cli export(String... arguments) {
    return Cli.ppe(Stream.concat(Stream.of("export"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static String hash(String model) {
    Cli run = Cli.ppe("inspect", model, "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseString(run.lines().getFirst())
        .getAsJsonObject()
        .get("graphHash")
        .getAsString();
  }

  @ParameterizedTest
  @CsvSource({"tflite,zero", "tflite,random", "onnx,zero", "onnx,random"})
  void aFileOfWeightsHoldsTheSameNetwork(String format, String weights) {
    String file = folder.resolve("model." + format).toString();

    Cli run = export(NETWORK, "--to", format, "--weights", weights, "--output", file);

    assertThat(run).isEqualTo(new Cli(0, "", ""));
    assertThat(hash(file)).isEqualTo(hash(NETWORK));
  }

  @Test
  void jsonHoldsTheSameNetwork() throws IOException {
    Path file = folder.resolve("model.json");

    Cli run = export(NETWORK, "--to", "json");

    Files.writeString(file, run.out());
    assertThat(hash(file.toString())).isEqualTo(hash(NETWORK));
  }

  @Test
  void aFileHoldsWhatStandardOutputShows() throws IOException {
    Path file = folder.resolve("model.py");

    Cli run = export(NETWORK, "--to", "keras", "-o", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo(export(NETWORK, "--to", "keras", "-o", "-").out())
        .contains("def build_model():", "groups=");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileIsKnownByItsContentWhateverItIsCalled() {
    String file = folder.resolve("model.bin").toString();

    assertThat(export(NETWORK, "--to", "onnx", "-o", file).exitCode()).isZero();
    assertThat(hash(file)).isEqualTo(hash(NETWORK));
  }

  @Test
  void aLinkStaysOneAndWhatItNamesIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("model.py"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.py"), file);

    assertThat(export(NETWORK, "--to", "keras", "-o", link.toString()).exitCode()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).contains("def build_model():");
  }

  @Test
  void sizesThatAFileMayLeaveOpenAreRefusedForABuiltInNetwork() {
    Cli run = export(NETWORK, "--to", "json", "--batch", "8");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("--batch and --dim are for model files");
  }

  @Test
  void thePortableFormTakesAsLong() {
    String file = folder.resolve("portable.tflite").toString();

    export("mobilenet_edgetpu_v2_s", "--to", "tflite", "--groups", "portable", "-o", file);

    String[] options = {"--format", "csv", "--accelerator", "tensor-g1"};
    String portable = latency(file, options);
    assertThat(Cli.ppe("inspect", file).out()).contains("split").doesNotContain("group-conv");
    assertThat(portable).isEqualTo(latency("mobilenet_edgetpu_v2_s", options));
  }

  private static String latency(String model, String... options) {
    Cli run =
        Cli.ppe(
            Stream.concat(Stream.of("estimate", model), Stream.of(options)).toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.lines().get(1).split(",", -1)[6];
  }

  @Test
  void builtInNetworksMayComputeWithFloats() {
    Cli run = export(NETWORK, "--to", "json", "--arithmetic", "float32");

    assertThat(run.out()).contains("FLOAT32").doesNotContain("INT8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--to tflite|tflite is binary: say where to with --output FILE (- is standard output)",
        "--to json --weights zero|json holds no weights: --weights is for tflite and onnx",
        "--to onnx -o x.onnx --seed 3|--seed is for --weights random",
        "--to pytorch|expected one of",
        "--groups native|Missing required option: '--to=FORMAT'"
      })
  void wrongUsageIsExplained(String arguments, String expected) {
    Cli run =
        export(
            Stream.concat(Stream.of(NETWORK), Stream.of(arguments.split(" ", -1)))
                .toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(expected).contains("Try 'ppe export --help'.");
  }

  @Test
  void filesHaveAnArithmeticOfTheirOwn() {
    Cli run = export("model.tflite", "--to", "json", "--arithmetic", "int8");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("--arithmetic int8 is for built-in networks");
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    String nowhere = folder.resolve("missing").resolve("x.json").toString();

    assertThat(export(NETWORK, "--to", "json", "-o", nowhere).err())
        .isEqualTo("ppe: %s: %s: no such folder%n".formatted(NETWORK, nowhere));
    assertThat(export(NETWORK, "--to", "json", "-o", folder.toString()).err())
        .endsWith("is a directory" + System.lineSeparator());
    assertThat(export("mobilenet_v9", "--to", "json").err()).contains("did you mean");
  }

  @Test
  void whatAFormatLacksIsSaidWithTheNode() throws IOException {
    Path file = folder.resolve("custom.json");
    Files.writeString(
        file,
        """
        {"tensors": [{"name": "x", "shape": [1, 4], "type": "DATA_TYPE_FLOAT32"},
                     {"name": "y", "shape": [1, 2], "type": "DATA_TYPE_FLOAT32"}],
         "nodes": [{"name": "decode", "inputs": [0], "outputs": [1],
                    "custom": {"name": "Decode"}}],
         "inputs": [0], "outputs": [1]}
        """);

    Cli run = export(file.toString(), "--to", "keras");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("node 0 \"decode\" (decode): cannot be written for Keras");
  }
}
