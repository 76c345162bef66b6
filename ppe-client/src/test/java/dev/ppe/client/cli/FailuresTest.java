package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.TestServer;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes cost one line on standard error, and nobody else's answer. */
class FailuresTest {
  @TempDir private Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static void failsWith(String argument, String reason) {
    Cli run = Cli.ppe("estimate", argument);
    assertThat(run.err()).isEqualTo("ppe: %s: %s%n".formatted(argument, reason));
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aBadModelAmongGoodOnesFailsAlone() throws IOException {
    String bad = file("bad.tflite", "no model");
    Cli run = Cli.ppe("estimate", "mobilenet_v2", bad, "mobilenet_v2", "--format", "json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("{"));
    assertThat(run.err())
        .startsWith("ppe: " + bad + ": byte 0: no known model format")
        .hasLineCount(1);
  }

  @Test
  void aServerFailsInTheSameWords() throws IOException {
    String bad = file("bad.tflite", "no model");
    try (TestServer server = TestServer.start()) {
      assertThat(Cli.ppe("estimate", bad, "mobilenet_v2", "--target", server.address()))
          .isEqualTo(Cli.ppe("estimate", bad, "mobilenet_v2"));
    }
  }

  @Test
  void manyModelsAskedOfReplicasComeInTheirOrder() {
    String[] models =
        IntStream.range(0, 30).mapToObj(i -> "nasbench201/" + i).toArray(String[]::new);
    String[] here = arguments(models);
    Cli alone = Cli.ppe(here);
    try (TestServer one = TestServer.start();
        TestServer two = TestServer.start()) {
      String[] there = arguments(models, "--target", one.address() + "," + two.address());
      assertThat(Cli.ppe(there)).isEqualTo(alone);
    }
    assertThat(alone.lines()).hasSize(31);
  }

  private static String[] arguments(String[] models, String... options) {
    return Stream.of(new String[] {"estimate", "--format", "csv"}, models, options)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  @Test
  void filesThatCannotBeReadSayWhy() throws IOException {
    failsWith(folder + "/none.tflite", "no such file");
    failsWith(folder.toString(), "is a directory; give the files in it");
    failsWith(file("empty.tflite", ""), "is empty");
    Path large = folder.resolve("large.json");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength((64L << 20) + 1);
    }
    failsWith(large.toString(), "has 67108865 bytes, the limit is 67108864");
  }

  @Test
  void aMisspeltNetworkIsSuggested() {
    assertThat(Cli.ppe("estimate", "mobilenet_v2_1,0").err())
        .startsWith(
            "ppe: mobilenet_v2_1,0: no such file, and no built-in network of that name; did you mean ")
        .contains("mobilenet_v2")
        .hasLineCount(1);
    failsWith(
        "no-such-network",
        "no such file, and no built-in network of that name; ppe inspect --zoo lists them");
  }

  @Test
  void aCellThatIsNoneSaysHowTheyAreWritten() {
    assertThat(Cli.ppe("estimate", "nasbench201/20000").err())
        .startsWith("ppe: nasbench201/20000: no such file, and no built-in network of that name; ")
        .contains("nasbench201/INDEX, from 0 to 15624")
        .hasLineCount(1);
  }

  @Test
  void jsonThatIsNoGraphSaysWhere() throws IOException {
    failsWith(
        file("a.json", "{\"nodes\": [}"),
        "is no ppe.v1.Graph as JSON: malformed JSON at line 1 column 12 path $.nodes[0]");
    failsWith(
        file("d.json", "{\"nodes\": ["),
        "is no ppe.v1.Graph as JSON: malformed JSON, it ends too early"
            + " at line 1 column 12 path $.nodes[0]");
    failsWith(
        file("b.json", "{\"knots\": []}"),
        "is no ppe.v1.Graph as JSON: Cannot find field: knots in message ppe.v1.Graph");
    failsWith(file("c.json", "{}"), "graph: has no nodes");
  }

  @Test
  void aBinaryThatIsNoGraphIsRefused() throws IOException {
    Cli run = Cli.ppe("estimate", file("a.binpb", "\u0001\u0002\u0003"));
    assertThat(run.err()).contains("a.binpb: is no ppe.v1.Graph message: ").hasLineCount(1);
  }

  @Test
  void anUnknownAcceleratorEndsTheRun() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_v2", "--accelerator", "coral-usp");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("ppe: no accelerator \"coral-usp\"; there are coral-usb,")
        .endsWith("; did you mean coral-usb?%n".formatted())
        .hasLineCount(1);
  }

  @Test
  void anAcceleratorThatOneReplicaDoesNotKnowCostsThatModelAlone() {
    Estimator ofAnotherVersion =
        (request, interruption) -> {
          if (request.getModelName().equals("mobilenet_v1")) {
            throw Status.NOT_FOUND.withDescription("no accelerator \"new\"").asRuntimeException();
          }
          return new LocalEstimator(ServiceLimits.DEFAULT).estimate(request, interruption);
        };
    try (TestServer server = TestServer.around(ofAnotherVersion)) {
      Cli run =
          Cli.ppe(
              "estimate",
              "mobilenet_v1",
              "mobilenet_v2",
              "--format",
              "csv",
              "--target",
              server.address());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("mobilenet_v1: no accelerator \"new\"").hasLineCount(1);
      assertThat(run.out()).contains("mobilenet_v2").hasLineCount(2);
    }
  }

  @Test
  void anAcceleratorFileThatIsWrongEndsTheRun() throws IOException {
    String yaml = file("mine.yaml", "name: mine\nclock_hz: fast\n");
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--accelerator", yaml);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("ppe: " + yaml + ": ").hasLineCount(1);
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--accelerator", "no/such.yaml").err())
        .isEqualTo("ppe: no/such.yaml: no such file%n".formatted());
    String torn = file("torn.yaml", "name: mine\nclock_hz: {");
    endsWith("ppe: " + torn + ": line 2: not YAML", torn);
  }

  private static void endsWith(String message, String accelerator) {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_v2", "--accelerator", accelerator);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(message + System.lineSeparator());
  }

  @Test
  void anEnergyTableThatIsNoneEndsTheRun() throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    String yaml =
        file("mine.yaml", coral.replaceFirst("(?m)^energy_table: .*$", "energy_table: 7nm"));
    endsWith(
        "ppe: "
            + yaml
            + ": energy_table is \"7nm\", must be one of coral-28nm, mobile-5nm, unpriced",
        yaml);
  }

  @Test
  void emptyArgumentsEndTheRun() {
    for (String command : List.of("estimate", "inspect")) {
      Cli run = Cli.ppe(command, "mobilenet_v2", "");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("ppe: a MODEL is empty; give a file or ").hasLineCount(1);
    }
    endsWith("ppe: --accelerator is empty; give a name or a FILE.yaml", "");
    Cli run = Cli.ppe("accelerators", "");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("ppe: NAME is empty").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimate",
        "estimate m --format xml",
        "estimate m --batch 0",
        "estimate m --layers some",
        "estimate m --deadline soon",
        "estimate m --target host:port",
        "estimate m --color",
        "inspect",
        "inspect m --zoo",
        "inspect --zoo --classes 3",
        "estimate m --input-size large",
        "estimate m --arithmetic int4",
        "accelerators a b",
        "accelerators coral-usp",
        "estimat m"
      })
  void wrongUsageIsCodeTwo(String arguments) {
    Cli run = Cli.ppe(arguments.split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("ppe: ").doesNotContain("\tat ");
  }

  @Test
  void aStackTraceIsThereForTheAsking() {
    assertThat(Cli.ppe("estimate", "no-such-model", "--stacktrace").err()).contains("\tat ");
  }

  @Test
  void aReaderWhoLeavesEndsTheRunQuietly() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter err = new StringWriter();
    int exitCode =
        CommandLines.run(
            List.of("estimate", "mobilenet_v2", "mobilenet_v2", "no-such-model"),
            new PrintWriter(closed, false, StandardCharsets.UTF_8),
            new PrintWriter(err));
    assertThat(exitCode).isZero();
    assertThat(err).hasToString("");
  }
}
