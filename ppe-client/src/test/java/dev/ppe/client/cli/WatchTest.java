package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private static String network(int classes) {
    return Cli.ppe(
            "inspect", "mobilenet_v1_0.25_128", "--classes", "" + classes, "--format", "graph")
        .out();
  }

  private void replace(Path file, String content) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), content);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void await(StringWriter output, String text) throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    while (!output.toString().contains(text)) {
      assertThat(Instant.now()).as("waiting for %s in %s", text, output).isBefore(end);
      Thread.sleep(20);
    }
  }

  @Test
  void aFileThatChangesIsEstimatedAgainAndTheChangeShown() throws Exception {
    Path file = Files.writeString(folder.resolve("model.json"), network(1001));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Thread run =
        Thread.ofPlatform()
            .daemon()
            .start(
                () ->
                    CommandLines.run(
                        List.of("estimate", file.toString(), "--watch", "--layers", "3"),
                        new PrintWriter(out),
                        new PrintWriter(err)));
    await(out, "slowest layers");
    replace(file, network(10));
    await(out, "has changed, on coral-usb");
    await(out, "changed most");
    assertThat(out.toString()).contains("before", "now", "parameters");
    replace(file, "{ this is half a mod");
    await(err, "is no ppe.v1.Graph as JSON");
    run.interrupt();
    run.join(LIMIT);
    assertThat(run.isAlive()).isFalse();
  }

  @Test
  void withoutAFileThereIsNothingToWatch() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--watch");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "ppe: --watch needs a model that is a file; there is none among the MODELs%n"
                .formatted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format json", "--compare", "--roofline", "--trace t.json"})
  void otherViewsDoNotGoWithIt(String options) {
    Cli run = Cli.ppe(("estimate a.tflite --watch " + options).split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("ppe: --watch ");
  }
}
