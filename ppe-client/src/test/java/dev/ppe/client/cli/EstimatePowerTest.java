package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.client.report.CsvWriter;
import dev.ppe.v1.Energy;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Power;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Energy and power, from the command line to the answer. */
class EstimatePowerTest {
  private static final List<ToDoubleFunction<Energy>> PARTS =
      List.of(
          Energy::getMacArrayUj,
          Energy::getVectorUnitUj,
          Energy::getPeMemoryUj,
          Energy::getParameterMemoryUj,
          Energy::getNetworkUj,
          Energy::getDramUj,
          Energy::getHostLinkUj,
          Energy::getLeakageUj);

  private static EstimateResponse json(String... options) throws InvalidProtocolBufferException {
    List<String> arguments = new ArrayList<>(List.of("estimate", "-f", "json"));
    arguments.addAll(List.of(options));
    EstimateResponse.Builder response = EstimateResponse.newBuilder();
    JsonFormat.parser().merge(Cli.ppe(arguments.toArray(String[]::new)).out(), response);
    return response.build();
  }

  private static double sum(Energy energy) {
    return PARTS.stream().mapToDouble(part -> part.applyAsDouble(energy)).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1", "systolic-32x32-os", "mobile-cpu"})
  void partsAddUpInJson(String accelerator) throws InvalidProtocolBufferException {
    EstimateResponse answer = json("mobilenet_edgetpu_v2_s", "-a", accelerator);

    assertThat(sum(answer.getEnergy())).isCloseTo(answer.getEnergyUj(), withinPercentage(1e-7));
    assertThat(
            answer.getOtherEnergyUj()
                + answer.getLayersList().stream().mapToDouble(Layer::getEnergyUj).sum())
        .isCloseTo(answer.getEnergyUj(), withinPercentage(1e-7));
    for (Layer layer : answer.getLayersList()) {
      assertThat(sum(layer.getEnergy())).isCloseTo(layer.getEnergyUj(), withinPercentage(1e-7));
    }
  }

  @Test
  void partsAddUpInCsv() {
    List<String> row =
        Arrays.asList(Cli.ppe("estimate", "mobilenet_v2", "-f", "csv").lines().get(1).split(","));
    Map<String, String> cells =
        IntStream.range(0, row.size())
            .boxed()
            .collect(Collectors.toMap(CsvWriter.header()::get, row::get));
    double parts =
        List.of(
                "mac_array_uj",
                "vector_unit_uj",
                "pe_memory_uj",
                "parameter_memory_uj",
                "network_uj",
                "dram_uj",
                "host_link_uj",
                "leakage_uj")
            .stream()
            .mapToDouble(name -> Double.parseDouble(cells.get(name)))
            .sum();

    assertThat(parts).isCloseTo(Double.parseDouble(cells.get("energy_uj")), withinPercentage(1e-7));
    assertThat(cells).containsEntry("energy_table", "coral-28nm");
  }

  @Test
  void theTableTellsOfPower() {
    assertThat(Cli.ppe("estimate", "mobilenet_v2").out().replaceAll("\\s+", " "))
        .containsPattern(
            " power peak \\S+ m?W over 1\\.00 ms, idle \\S+ mW, \\d\\.\\d\\d TOPS/W, \\S+ mW at 30"
                + " a second, \\S+ mJ an inference above idle");
  }

  @Test
  void nothingIsSaidOfPowerThatIsNotCounted() {
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "-a", "mobile-cpu").out())
        .contains("   energy not counted   ")
        .doesNotContain(" power ", "\n energy ", "0 nJ", "0 uW");
  }

  @Test
  void networksSideBySideHaveNoEnergyThatIsNotCounted() {
    List<String> lines =
        Cli.ppe("estimate", "mobilenet_v2", "resnet18", "squeezenet", "vgg16", "-a", "mobile-cpu")
            .lines();

    assertThat(lines.subList(lines.size() - 4, lines.size()))
        .allSatisfy(line -> assertThat(line).contains("  not counted  "));
  }

  @Test
  void theRateIsThatOfTheOption() throws InvalidProtocolBufferException {
    Power slow = json("mobilenet_v2", "--rate", "10").getPower();
    Power usual = json("mobilenet_v2").getPower();

    assertThat(slow.getInferenceRate()).isEqualTo(10);
    assertThat(usual.getInferenceRate()).isEqualTo(30);
    assertThat(usual.getSustainedRate()).isEqualTo(30);
    assertThat(slow.getActiveEnergyUj()).isEqualTo(usual.getActiveEnergyUj());
    assertThat(3 * slow.getRateActivePowerMw())
        .isCloseTo(usual.getRateActivePowerMw(), within(1e-9));
    assertThat(slow.getIdlePowerMw() + slow.getRateActivePowerMw())
        .isCloseTo(slow.getRateAveragePowerMw(), within(1e-9));
  }

  @Test
  void aRateThatIsTooHighIsSaid() throws InvalidProtocolBufferException {
    EstimateResponse answer = json("mobilenet_v2", "--rate", "5000");

    assertThat(answer.getPower().getInferenceRate()).isEqualTo(5000);
    assertThat(answer.getPower().getSustainedRate())
        .isCloseTo(1e6 / answer.getLatencyUs(), within(1e-9));
    assertThat(answer.getPower().getRateAveragePowerMw())
        .isCloseTo(answer.getAveragePowerMw(), within(1e-6));
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--rate", "5000").out())
        .containsPattern(" at \\d{3} a second \\(5000 are too many\\)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "NaN", "1e9"})
  void aRateThatIsNoneEndsTheRun(String rate) {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--rate", rate);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("ppe: --rate is ")
        .contains("must be above 0 and at most 1000000")
        .hasLineCount(1);
  }
}
