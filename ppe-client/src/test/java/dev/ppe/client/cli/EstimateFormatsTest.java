package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.client.TestServer;
import dev.ppe.client.report.CsvWriter;
import dev.ppe.v1.EstimateResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers for programs. */
class EstimateFormatsTest {
  private static EstimateResponse parse(String line) throws InvalidProtocolBufferException {
    EstimateResponse.Builder response = EstimateResponse.newBuilder();
    JsonFormat.parser().merge(line, response);
    return response.build();
  }

  @Test
  void jsonIsALineAnAnswerInTheOrderOfTheQuestions() throws InvalidProtocolBufferException {
    Cli run =
        Cli.ppe(
            "estimate",
            "mobilenet_edgetpu_v2_xs",
            "mobilenet_v2",
            "mobilenet_edgetpu_v2_m",
            "--format",
            "json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(3);
    assertThat(parse(run.lines().get(0)).getModelName()).isEqualTo("mobilenet_edgetpu_v2_xs");
    assertThat(parse(run.lines().get(1)).getModelName()).isEqualTo("mobilenet_v2");
    assertThat(parse(run.lines().get(2)).getModelName()).isEqualTo("mobilenet_edgetpu_v2_m");
    assertThat(parse(run.lines().get(1)).getLayersCount()).isPositive();
  }

  @Test
  void jsonHasTheContractsNamesAndPrintsZeros() {
    String line = Cli.ppe("estimate", "mobilenet_v2", "--format", "json").lines().getFirst();
    assertThat(JsonParser.parseString(line).getAsJsonObject().keySet())
        .containsExactly(
            "modelName",
            "accelerator",
            "fidelity",
            "precision",
            "graphHash",
            "simulatorVersion",
            "latencyUs",
            "firstLatencyUs",
            "cycles",
            "time",
            "energyUj",
            "averagePowerMw",
            "energy",
            "power",
            "actions",
            "otherEnergyUj",
            "energyTable",
            "energyTableVersion",
            "macs",
            "parameters",
            "utilization",
            "operators",
            "hostOperators",
            "memory",
            "validity",
            "layers",
            "notes");
    assertThat(line).contains("\"hostOperators\":0", "\"macs\":\"");
  }

  @Test
  void jsonWithoutLayersIsASummary() throws InvalidProtocolBufferException {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--format", "json", "--layers", "0");
    assertThat(parse(run.lines().getFirst()).getLayersCount()).isZero();
  }

  @Test
  void csvIsAHeaderAndARowAnAnswer() throws InvalidProtocolBufferException {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_edgetpu_v2_s", "--format", "csv");
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().getFirst()).isEqualTo(String.join(",", CsvWriter.header()));
    List<String> row = Arrays.asList(run.lines().get(1).split(",", -1));
    EstimateResponse response =
        parse(Cli.ppe("estimate", "mobilenet_v2", "--format", "json").lines().getFirst());
    assertThat(row).hasSameSizeAs(CsvWriter.header());
    assertThat(row.get(0)).isEqualTo("mobilenet_v2");
    assertThat(row.get(CsvWriter.header().indexOf("latency_us")))
        .isEqualTo(Double.toString(response.getLatencyUs()));
    assertThat(row.get(CsvWriter.header().indexOf("fidelity"))).isEqualTo("FIDELITY_CYCLE");
  }

  @Test
  void aServerGivesTheSameTextToTheLastByte() {
    try (TestServer one = TestServer.start();
        TestServer two = TestServer.start()) {
      String target = one.address() + "," + two.address();
      for (String format : List.of("table", "json", "csv")) {
        Cli here = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_edgetpu_v2_s", "-f", format);
        Cli there =
            Cli.ppe(
                "estimate",
                "mobilenet_v2",
                "mobilenet_edgetpu_v2_s",
                "-f",
                format,
                "--target",
                target);
        assertThat(there).isEqualTo(here);
      }
    }
  }
}
