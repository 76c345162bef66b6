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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {
  private static final List<String> MODELS =
      List.of(
          "mobilenet_v1_0.25_128",
          "mobilenet_v1",
          "mobilenet_v2_0.35_96",
          "mobilenet_v2",
          "squeezenet",
          "mnasnet_a1",
          "resnet18",
          "mobilenet_edgetpu_v2_s",
          "inception_v1",
          "densenet121");

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Cli calibrate(Path measurements, String... more) {
    return Cli.ppe(
        Stream.concat(
                Stream.of("calibrate", "--measurements", measurements.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<Double> milliseconds(String accelerator) {
    List<String> arguments = new ArrayList<>(List.of("estimate"));
    arguments.addAll(MODELS);
    arguments.addAll(List.of("--accelerator", accelerator, "--format", "json", "--layers", "0"));
    return Cli.ppe(arguments.toArray(String[]::new)).lines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(answer -> answer.get("latencyUs").getAsDouble() / 1e3)
        .toList();
  }

  /** What a board that starts slower and has a slower clock takes, the sixth time off by half. */
  private Path measured() throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    Path board =
        file(
            "board.yaml",
            coral
                .replaceFirst("overhead_ns: \\d+", "overhead_ns: 700000")
                .replace("clock_hz: 500000000", "clock_hz: 420000000"));
    List<Double> times = milliseconds(board.toString());
    StringBuilder text = new StringBuilder("model,ms\n");
    for (int i = 0; i < MODELS.size(); i++) {
      double factor = i == 5 ? 1.5 : i % 2 == 0 ? 1.005 : 0.995;
      text.append(MODELS.get(i)).append(',').append(times.get(i) * factor).append('\n');
    }
    Files.delete(board);
    return file("lab.csv", text.toString());
  }

  @Test
  void theFileThatIsWrittenIsTheBoardThatWasMeasured() throws IOException {
    Path written = folder.resolve("lab.yaml");

    Cli run = calibrate(measured(), "--output", written.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("ppe: " + folder.resolve("lab.csv") + ": note: line 7: mnasnet_a1")
                    .contains("is an outlier: measured "))
        .contains("ppe: " + written + ": written, as coral-usb-calibrated");
    assertThat(run.out())
        .startsWith("coral-usb   ")
        .contains(" constant ", " agreement ", " each row left out once ", " after, no outliers ")
        .containsPattern("\n    7  mnasnet_a1 .* outlier\n");
    assertThat(Files.readString(written)).startsWith("# Calibrated: ");
    List<Double> fitted = milliseconds(written.toString());
    List<String> rows = Files.readAllLines(folder.resolve("lab.csv"));
    for (int i = 0; i < MODELS.size(); i++) {
      double measured = Double.parseDouble(rows.get(i + 1).split(",", -1)[1]);
      assertThat(fitted.get(i) / measured).as(rows.get(i + 1)).isBetween(i == 5 ? 0.6 : 0.97, 1.03);
    }
  }

  @Test
  void theReportForProgramsHasEverything() throws IOException {
    JsonObject report =
        JsonParser.parseString(calibrate(measured(), "--format", "json").out()).getAsJsonObject();

    assertThat(report.keySet())
        .containsExactly(
            "quantity",
            "unit",
            "accelerator",
            "calibrated",
            "fitted",
            "kept",
            "before",
            "after",
            "leftOut",
            "withoutOutliers",
            "rows");
    assertThat(report.getAsJsonObject("withoutOutliers").keySet())
        .containsExactly("before", "after", "leftOut");
    assertThat(report.getAsJsonObject("after").keySet())
        .containsExactly("meanError", "worstError", "r2", "logR2", "kendallTau", "spearmanRho");
    assertThat(report.getAsJsonArray("rows")).hasSize(MODELS.size());
    double before = report.getAsJsonObject("before").get("meanError").getAsDouble();
    assertThat(report.getAsJsonObject("after").get("meanError").getAsDouble())
        .isLessThan(before / 2);
    assertThat(files()).containsExactly(folder.resolve("lab.csv"));
  }

  @Test
  void spreadsheetsGetARowForEachMeasurement() throws IOException {
    List<String> lines = calibrate(measured(), "--format", "csv").lines();

    assertThat(lines).hasSize(1 + MODELS.size());
    assertThat(lines.getFirst())
        .isEqualTo("line,model,input_size,unit,measured,before,after,left_out,weight,outlier");
    assertThat(lines.get(6)).startsWith("7,mnasnet_a1,,ms,").endsWith(",true");
  }

  @Test
  void aServerGivesTheSameFit() throws IOException {
    Path measured = measured();
    try (TestServer server = TestServer.start()) {
      Cli here = calibrate(measured);
      Cli there = calibrate(measured, "--target", server.address());

      assertThat(there).isEqualTo(here);
    }
  }

  @Test
  void onStandardOutputTheFileTakesTheReportsPlace() throws IOException {
    Cli run = calibrate(measured(), "--output", "-", "--fit", "clock_hz");

    assertThat(run.out()).startsWith("# Calibrated: 1 of the constants of coral-usb,");
    Path copy = file("copy.yaml", run.out());
    assertThat(milliseconds(copy.toString())).hasSize(MODELS.size());
  }

  @Test
  void modelFilesAreFoundBesideTheMeasurements() throws IOException {
    file("own.json", Cli.ppe("inspect", "mobilenet_v2", "--format", "graph").out());
    List<Double> slower = milliseconds("coral-usb").stream().map(ms -> 1.2 * ms).toList();
    Path measured =
        file(
            "lab.csv",
            "model,ms\nown.json,%s\nsqueezenet,%s\nresnet18,%s\nmobilenet_v1,%s\n"
                .formatted(slower.get(3), slower.get(4), slower.get(6), slower.get(1)));

    Cli run = calibrate(measured);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("    2  own.json  ");
  }

  /** Left out, a row would be predicted from the other one. */
  @Test
  void aNetworkUnderTwoNamesIsRefusedByLine() throws IOException {
    file("own.json", Cli.ppe("inspect", "mobilenet_v2", "--format", "graph").out());
    Path measured =
        file("lab.csv", "model,ms\nown.json,3\nsqueezenet,3\nresnet18,9\nmobilenet_v2,3.1\n");

    Cli run = calibrate(measured, "--output", folder.resolve("lab.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().toList())
        .singleElement()
        .asString()
        .startsWith("ppe: " + measured + ": line 5: mobilenet_v2 is the network of line 2 already");
    assertThat(folder.resolve("lab.yaml")).doesNotExist();
  }

  @Test
  void everyWrongLineIsNamedAndNothingIsWritten() throws IOException {
    Path measured =
        file(
            "lab.csv",
            """
            model,input_size,ms
            mobilenet_v2,,2.6
            mobilenet_v9,,2.6
            resnet18,,0
            squeezenet,,-1
            mobilenet_v2,,2.7
            no/such.tflite,,3
            mnasnet_a1,,soon
            mobilebert_edgetpu_s,64,5
            inception_v1,,3.4
            vgg16,,296
            """);

    Cli run = calibrate(measured, "--output", folder.resolve("lab.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    String place = "ppe: " + measured + ": line ";
    assertThat(run.err().lines().toList())
        .hasSize(7)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(place + "3: mobilenet_v9: no such file, and no built-in network"),
            line -> assertThat(line).startsWith(place + "4: resnet18: ms is 0, must be from 0.001"),
            line ->
                assertThat(line).startsWith(place + "5: squeezenet: ms is -1, must be from 0.001"),
            line -> assertThat(line).startsWith(place + "6: mobilenet_v2 stands in line 2 already"),
            line -> assertThat(line).isEqualTo(place + "7: no/such.tflite: no such file"),
            line ->
                assertThat(line)
                    .isEqualTo(place + "8: mnasnet_a1: ms is \"soon\", must be a number"),
            line ->
                assertThat(line).startsWith(place + "9: mobilebert_edgetpu_s: --input-size 64: "));
    assertThat(files()).containsExactly(measured);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model,ms/mobilenet_v2,2.6/resnet18,8|2 rows: 3 are needed at least, for one constant and"
            + " to check it",
        "model,ms|0 rows: 3 are needed at least, for one constant and to check it",
        "network,time/mobilenet_v2,2.6|line 1: the header is \"network,time\"; it must name a"
            + " column model and a column ms or mJ"
      })
  void aFileThatCannotDoIsRefused(String text, String expected) throws IOException {
    Path measured = file("lab.csv", text.replace('/', '\n') + "\n");

    Cli run = calibrate(measured, "--output", folder.resolve("lab.yaml").toString());

    assertThat(run).isEqualTo(new Cli(1, "", "ppe: %s: %s%n".formatted(measured, expected)));
    assertThat(files()).containsExactly(measured);
  }

  @Test
  void energiesAreFittedBesideLatencies() throws IOException {
    String coral = Cli.ppe("accelerators", "coral-usb").out();
    Path board =
        file(
            "board.yaml",
            coral.replaceFirst("overhead_ns: \\d+", "overhead_ns: 700000")
                + "energy_scale:\n  dynamic_permille: 1500\n  static_permille: 800\n");
    StringBuilder text = new StringBuilder("model,ms,mJ\n");
    List<String> arguments = new ArrayList<>(List.of("estimate"));
    arguments.addAll(MODELS);
    arguments.addAll(List.of("-a", board.toString(), "--format", "json", "--layers", "0"));
    Cli.ppe(arguments.toArray(String[]::new)).lines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .forEach(
            answer ->
                text.append(answer.get("modelName").getAsString())
                    .append(',')
                    .append(answer.get("latencyUs").getAsDouble() / 1e3)
                    .append(',')
                    .append(answer.get("energyUj").getAsDouble() / 1e3)
                    .append('\n'));
    Path written = folder.resolve("lab.yaml");

    Cli run = calibrate(file("lab.csv", text.toString()), "--output", written.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(" measured latencies\n").contains(" measured energies\n");
    assertThat(Files.readString(written))
        .containsPattern("dynamic_permille: (1[45]\\d\\d) ")
        .containsPattern("static_permille: ([78]\\d\\d) ");
  }

  @Test
  void energiesThatNothingPricesAreRefusedByLine() throws IOException {
    Path measured = file("lab.csv", "model,mJ\nmobilenet_v2,2\nresnet18,8\nsqueezenet,2\n");

    Cli run = calibrate(measured, "--accelerator", "mobile-cpu");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains(": no energy is known of it on mobile-cpu"));
  }

  @Test
  void aFitThatIsWorseOnRowsLeftOutIsNotWritten() throws IOException {
    List<Double> times = milliseconds("coral-usb");
    StringBuilder text = new StringBuilder("model,ms\n");
    double factor = 1.1;
    for (int i : List.of(1, 3, 4, 6)) {
      text.append(MODELS.get(i)).append(',').append(times.get(i) * factor).append('\n');
      factor = 2 - factor;
    }
    Path measured = file("lab.csv", text.toString());

    Cli run =
        calibrate(measured, "--fit", "clock_hz", "--output", folder.resolve("lab.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("ppe: " + measured + ": nothing is fitted to the latencies; clock_hz: ")
        .contains("on rows left out, the constants before by");
    assertThat(files()).containsExactly(measured);
  }

  /** Microseconds in a column of milliseconds: no constant explains them. */
  @Test
  void timesInAnotherUnitAreNoFailureOfTheProgram() throws IOException {
    List<Double> times = milliseconds("coral-usb");
    StringBuilder text = new StringBuilder("model,ms\n");
    for (int i = 0; i < MODELS.size(); i++) {
      text.append(MODELS.get(i)).append(',').append(times.get(i) * 1000).append('\n');
    }
    Path measurements = file("micros.csv", text.toString());

    Cli run = calibrate(measurements);

    assertThat(run.err()).doesNotContain("internal error");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    Path measured = file("lab.csv", "model,ms\n" + "#".repeat(1 << 20));

    assertThat(calibrate(measured).err())
        .isEqualTo("ppe: %s: has 1048585 bytes, the limit is 1048576%n".formatted(measured));
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    Path measured = folder.resolve("lab.csv");
    Files.write(measured, new byte[] {'m', (byte) 0xFF, (byte) 0xFE});

    assertThat(calibrate(measured).err())
        .isEqualTo("ppe: %s: is no UTF-8 text%n".formatted(measured));
  }

  @Test
  void theFileBeforeStaysWhereNothingCanBeWritten() throws IOException {
    Path measured = measured();

    Cli run = calibrate(measured, "--output", folder.resolve("no/such.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(folder.resolve("no/such.yaml") + ": no such folder");
  }

  @Test
  void measurementsAreNotOverwritten() throws IOException {
    Path measured = measured();
    String before = Files.readString(measured);

    Cli run = calibrate(measured, "--output", measured.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("ppe: --output is the file of measurements; give another one");
    assertThat(Files.readString(measured)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fit clock|--fit: no constant \"clock\"; there are invocation.overhead_ns, ",
        "--accelerator coral-usb-9|coral-usb-9",
        "--accelerator no/such.yaml|no/such.yaml: no such file"
      })
  void wrongUsageIsExplained(String arguments, String expected) throws IOException {
    Cli run = calibrate(measured(), arguments.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(expected);
  }
}
