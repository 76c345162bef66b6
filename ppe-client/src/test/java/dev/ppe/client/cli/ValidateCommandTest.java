package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {
  private static final String PIXEL6 = "pixel6_tensor_g1.csv";

  @TempDir private Path folder;

  private static Cli validate(String... arguments) {
    return Cli.ppe(
        Stream.concat(Stream.of("validate"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static JsonObject json(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }

  @Test
  void aTableShowsSummaryTargetsAndEveryRow() {
    Cli run = validate("pixel6");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("ppe: pixel6: 8 rows%n".formatted());
    assertThat(run.lines().getFirst()).startsWith("pixel6   Tensor G1");
    assertThat(run.out())
        .contains(" target  ms, R2 >= 0.99: ", " target  ms, mean error <= 5 %: ")
        .contains(" naive   ms = ")
        .containsPattern("\\n MobileNetEdgeTPUv2-Tiny +0\\.780 +\\d\\.\\d{3} +[+-]\\S+ % ");
  }

  @Test
  void tablesComeInTheOrderAskedFor() {
    Cli run = validate("coral-dev-board", "pixel6", "coral-dev-board", "--format", "json");

    assertThat(run.lines())
        .extracting(line -> json(line).get("table").getAsString())
        .containsExactly("coral-dev-board", "pixel6");
  }

  @Test
  void sensitivityShowsWhatEachAssumptionIsWorth() {
    Cli run = validate("pixel6", "--sensitivity");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("ppe: tensor-g1, times: \\d+ assumptions on 8 rows");
    assertThat(run.lines().getFirst())
        .matches("tensor-g1   8 rows of pixel6, mean error \\S+ % as it is");
    assertThat(run.out())
        .containsPattern("\n dram.latency_ns +100 +50 +-\\S+ % +-\\S+ % .*\\S+ %\n")
        .containsPattern("\n core.simd.words_in_four_cycles +4 +3 +impossible ")
        .contains("\n mac_cycles ", " [1, 1, 3] ")
        .doesNotContain("not varied", "networks of the zoo");
    assertThat(validate("pixel6", "--sensitivity", "-f", "markdown").out())
        .startsWith("# Sensitivity to assumptions")
        .contains("| `dram.latency_ns` | 100 | 200 | +", "* `dram.latency_ns`: on the way");
    assertThat(validate("pixel6", "--sensitivity", "-f", "csv").lines().getFirst())
        .startsWith("preset,figure,assumption,value,other,mean_change,worst_change,worst_row");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "compiler-memory; table; --sensitivity is about times, cached parameters and instructions: table"
            + " compiler-memory has none",
        "tiers; table; --sensitivity is about times, cached parameters and instructions: table tiers has"
            + " none",
        "pixel6; json; --sensitivity is not printed as json"
      })
  void sensitivityIsNotForEverything(String table, String format, String message) {
    Cli run = validate(table, "--sensitivity", "-f", format);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void jsonHoldsWhatThereIs() {
    JsonObject table = json(validate("pixel6", "--format", "json").out());

    JsonArray rows = table.getAsJsonArray("rows");
    assertThat(rows).hasSize(8);
    JsonObject first = rows.get(0).getAsJsonObject();
    assertThat(first.get("accelerator").getAsString()).isEqualTo("tensor-g1");
    JsonObject ms = first.getAsJsonObject("figures").getAsJsonObject("ms");
    double measured = ms.get("measured").getAsDouble();
    assertThat(measured).isEqualTo(0.78);
    assertThat(ms.get("error").getAsDouble())
        .isEqualTo((ms.get("model").getAsDouble() - measured) / measured);
    JsonObject summary = table.getAsJsonArray("summary").get(0).getAsJsonObject();
    assertThat(summary.getAsJsonObject("model").keySet())
        .containsExactly(
            "meanError", "worstError", "r2", "r2WithoutLargest", "logR2", "kendallTau");
    assertThat(summary.getAsJsonObject("naive").getAsJsonArray("constants")).hasSize(2);
    assertThat(summary.getAsJsonArray("targets")).hasSize(2);
  }

  @Test
  void csvHasARecordForEachFigureOfEachRow() {
    List<String> lines = validate("coral-conv5", "--format", "csv").lines();

    assertThat(lines.getFirst())
        .isEqualTo(
            "table,figure,group,row,file,line,accelerator,network,measured,model,error,naive");
    assertThat(lines).hasSize(1 + 4 * 24);
    assertThat(lines.get(1))
        .startsWith(
            "coral-conv5,ms,cached,32 filters,coral_conv5_sweep.csv,2,coral-pcie,description,2.1496,");
  }

  @Test
  void markdownIsTheDocument() {
    List<String> lines = validate("pixel6", "--format", "markdown").lines();

    assertThat(lines.getFirst()).isEqualTo("# Validation");
    assertThat(lines)
        .contains("## Summary", "## Targets", "## Tensor G1 (Pixel 6), latency of whole networks")
        .anySatisfy(line -> assertThat(line).startsWith("| MobileNetEdgeTPUv2-S | 1.030 | "))
        .anySatisfy(line -> assertThat(line).startsWith("| pixel6: ms | 8 | "));
    assertThat(lines.stream().filter(line -> line.startsWith("| pixel6: ms | R2 >= 0.99 | ")))
        .hasSize(1);
  }

  @Test
  void energyIsCheckedAgainstTheDataSheetAndTheTrend() {
    Cli run = validate("energy");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("ppe: energy: 5 checks%n".formatted());
    assertThat(run.out())
        .startsWith("energy   Energy, against the data sheet")
        .contains(" full-load, coral-usb: holds   At full load Coral takes between 1 and 2 W")
        .contains(" trend, tensor-g1: holds   ")
        .contains(" Partly circular: ")
        .containsPattern("\\n   mobilenet_edgetpu_v2_s( +\\d\\.\\d{3}){4}\\n");
  }

  @Test
  void energyStandsBehindTheTables() {
    List<String> json = validate("energy", "pixel6", "--format", "json").lines();
    List<String> markdown = validate("energy", "--format", "markdown").lines();
    List<String> csv = validate("energy", "--format", "csv").lines();

    assertThat(json).hasSize(6);
    assertThat(json(json.getFirst()).get("table").getAsString()).isEqualTo("pixel6");
    JsonObject first = json(json.get(1));
    assertThat(first.get("check").getAsString()).isEqualTo("full-load");
    assertThat(first.get("met").getAsBoolean()).isTrue();
    assertThat(first.get("circular").getAsString()).startsWith("Partly circular: ");
    assertThat(json(json.getLast()).get("circular").getAsString()).isEmpty();
    assertThat(
            first
                .getAsJsonArray("exhibits")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("figures")
                .keySet())
        .containsExactly("use", "average W", "peak W", "TOPS/W");
    assertThat(csv.get(1)).startsWith("energy,use,full-load,").contains(",coral-usb,,,0.");
    assertThat(markdown)
        .contains(
            "## Energy",
            "### trend, tensor-g1",
            "| network | ms | mJ | mJ above idle | W above idle |");
  }

  @Test
  void claimsComeWithTheirVerdictAndTheShapesThatShowIt() {
    Cli run = validate("claims", "systolic");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo("ppe: systolic: 54 rows%nppe: claims: 11 examined%n".formatted());
    assertThat(run.lines().getFirst()).startsWith("systolic   ");
    assertThat(run.out())
        .contains("claims   The paper's claims", " F10-9, tensor-g1: reproduced   Depthwise")
        .containsPattern("\\n   dw3x3 in 56x56x64 dw e4 +\\d\\.\\d % +1\\.000 ");
  }

  @Test
  void theTiersAreComparedOnAsManyNetworksAsAskedFor() {
    Cli run = validate("tiers", "--tiers", "6", "--check");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("ppe: tiers: 6 networks%n".formatted());
    assertThat(run.lines().getFirst()).startsWith("tiers   Analytical fidelity");
    assertThat(run.out())
        .containsPattern("\\n NAS-Bench-201, coral-usb +3 ")
        .containsPattern("\\n bottlenecks, tensor-g1 +3 ")
        .contains(" target  bottlenecks, tensor-g1: Spearman >= 0.99: ");
  }

  @Test
  void theTiersAreInEveryForm() {
    JsonObject table = json(validate("tiers", "--tiers", "2", "--format", "json").out());
    List<String> csv = validate("tiers", "--tiers", "2", "--format", "csv").lines();
    List<String> markdown = validate("tiers", "--tiers", "2", "--format", "markdown").lines();

    assertThat(table.get("networks").getAsInt()).isEqualTo(2);
    int lines = table.getAsJsonArray("summary").size();
    assertThat(csv).hasSize(1 + lines);
    assertThat(csv.get(1)).startsWith("tiers,us,NAS-Bench-201,nasbench201/0,,,coral-usb,drawn,");
    assertThat(markdown)
        .contains("## Analytical fidelity against the cycle level")
        .anySatisfy(line -> assertThat(line).startsWith("| NAS-Bench-201, coral-usb | 1 | "))
        .anySatisfy(
            line -> assertThat(line).startsWith("| tiers: bottlenecks, tensor-g1 | mean error"));
  }

  @Test
  void aFoldersRowsAreAdded() throws IOException {
    Files.writeString(
        folder.resolve(PIXEL6),
        """
        model,input_hwc,dtype,latency_ms
        MobileNet v2,224x224x3,int8,1.00
        MobileNet v9,224x224x3,int8,1.00
        """);

    Cli run = validate("pixel6", "--data", folder.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("ppe: pixel6: 9 rows, 1 skipped%n".formatted());
    assertThat(run.out())
        .contains("MobileNet v2")
        .contains(
            "not compared: 1",
            " %s:3 MobileNet v9: no file and no network of the zoo"
                .formatted(folder.resolve(PIXEL6)));
  }

  @Test
  void brokenDataEndsTheRunWithItsPlace() throws IOException {
    Path file = folder.resolve(PIXEL6);
    Files.writeString(file, "model,input_hwc,dtype,latency_ms\na,8x8x3,int8,soon\n");

    Cli run = validate("--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("ppe: " + file + ": line 2: column latency_ms: \"soon\" must be a number")
        .hasLineCount(1);
  }

  @Test
  void missedTargetsAreAFailureOnlyWhereAskedFor() throws IOException {
    // No network takes a picosecond.
    Files.writeString(
        folder.resolve(PIXEL6),
        "model,input_hwc,dtype,latency_ms\nVGG16,224x224x3,int8,0.000000001\n");

    assertThat(validate("pixel6", "--data", folder.toString()).exitCode()).isZero();
    assertThat(validate("pixel6", "--data", folder.toString(), "--check").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pixel7|no table \"pixel7\"; there are pixel6, coral-usb,",
        "--format xml|expected one of",
        "--models no/such|--models no/such: no such folder",
        "tiers --tiers 1|--tiers 1: must be between 2 and 31250"
      })
  void wrongUsageIsExplained(String arguments, String expected) {
    Cli run = validate(arguments.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(expected);
  }
}
