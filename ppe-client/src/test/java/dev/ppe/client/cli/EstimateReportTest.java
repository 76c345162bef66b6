package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ppe.client.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code ppe estimate --report}: what becomes of the file; the page itself has tests of its own.
 */
class EstimateReportTest {
  @TempDir private Path folder;

  private static Cli estimate(String... arguments) {
    return Cli.ppe(
        Stream.concat(Stream.of("estimate"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<JsonObject> models(Path page) throws IOException {
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"models\">(.*?)</script>")
            .matcher(Files.readString(page));
    assertThat(data.find()).isTrue();
    JsonArray models = JsonParser.parseString(data.group(1)).getAsJsonArray();
    return models.asList().stream().map(model -> model.getAsJsonObject()).toList();
  }

  private Path page() {
    return folder.resolve("page.html");
  }

  @Test
  void everyModelOnEveryAcceleratorIsOnThePage() throws IOException {
    Cli run =
        estimate(
            "mobilenet_v1",
            "mobilenet_v2",
            "-a",
            "coral-usb",
            "-a",
            "tensor-g1",
            "--report",
            page().toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(
            models(page()).stream()
                .map(
                    m ->
                        m.get("model").getAsString() + " on " + m.get("accelerator").getAsString()))
        .containsExactly(
            "mobilenet_v1 on coral-usb",
            "mobilenet_v2 on coral-usb",
            "mobilenet_v1 on tensor-g1",
            "mobilenet_v2 on tensor-g1");
    assertThat(models(page())).allMatch(m -> m.has("course") && m.get("graphKnown").getAsBoolean());
  }

  @Test
  void theModelItselfIsNotReplaced() throws IOException {
    Path model = Files.writeString(folder.resolve("over.json"), "{}");
    for (String option : List.of("--report", "--trace")) {
      Cli run = estimate(model.toString(), option, folder.resolve("./over.json").toString());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(option + " is ", "give another file").hasLineCount(1);
    }
    assertThat(model).hasContent("{}");
  }

  @Test
  void theAnswersAreThoseWithoutAPage() {
    for (String format : List.of("table", "json", "csv")) {
      assertThat(estimate("mobilenet_v2", "--format", format, "--report", page().toString()))
          .isEqualTo(estimate("mobilenet_v2", "--format", format));
    }
    assertThat(
            estimate(
                "mobilenet_v2",
                "--format",
                "json",
                "--layers",
                "0",
                "--report",
                page().toString(),
                "--trace",
                folder.resolve("trace.json").toString()))
        .isEqualTo(estimate("mobilenet_v2", "--format", "json", "--layers", "0"));
    assertThat(folder.resolve("trace.json")).isNotEmptyFile();
  }

  @Test
  void closedFormulasGiveAPageWithoutACourse() throws IOException {
    estimate("mobilenet_v2", "--fidelity", "analytical", "--report", page().toString());

    assertThat(models(page())).singleElement().matches(model -> !model.has("course"));
  }

  @Test
  void aReplicaGivesTheSamePage() throws IOException {
    Path there = folder.resolve("there.html");
    try (TestServer server = TestServer.start()) {
      estimate("mobilenet_v2", "--report", page().toString());
      estimate("mobilenet_v2", "--report", there.toString(), "--target", server.address());
    }
    assertThat(there).hasSameBinaryContentAs(page());
  }

  @Test
  void aModelThatFailsIsLeftOutAndWhereAllDoThePageBeforeStays() throws IOException {
    assertThat(estimate("mobilenet_v2", "nothing", "--report", page().toString()).exitCode())
        .isEqualTo(1);
    assertThat(models(page())).hasSize(1);
    byte[] before = Files.readAllBytes(page());

    assertThat(estimate("nothing", "--report", page().toString()).exitCode()).isEqualTo(1);
    assertThat(page()).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(page());
    }
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeAnyWork() {
    String missing = folder.resolve("missing").resolve("page.html").toString();

    Cli run = estimate("mobilenet_v2", "--report", missing);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("ppe: " + missing + ": no such folder\n");

    Cli directory = estimate("mobilenet_v2", "--report", folder.toString());
    assertThat(directory.exitCode()).isEqualTo(1);
    assertThat(directory.err()).isEqualTo("ppe: " + folder + ": is a directory\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m --report -|ppe: --report is \"-\": a page goes to a file, such as report.html",
        "m --report p --compare|ppe: --report has a comparison of its own: leave --compare out",
        "m --report p --watch|ppe: --watch goes with plain answers, not with --report",
        "m -a coral-usb -a tensor-g1|ppe: --accelerator is given 2 times: only ppe estimate --compare takes two, and --report any number",
        "m -a coral-usb -a tensor-g1 --roofline --report p|ppe: --roofline shows one accelerator; --accelerator is given 2 times"
      })
  void whatHasNoMeaningIsRefused(String line, String message) {
    Cli run = estimate(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines().findFirst()).hasValue(message);
  }

  @Test
  void aPageHasRoomForAHundredAnswers() {
    List<String> arguments =
        IntStream.range(0, 101).mapToObj(i -> "model" + i).collect(Collectors.toList());
    arguments.addAll(List.of("--report", page().toString()));

    Cli run = estimate(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "ppe: --report shows 100 answers at most; 101 models on 1 accelerators are 101");
  }
}
