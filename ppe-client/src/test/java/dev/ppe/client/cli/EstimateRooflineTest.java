package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateRooflineTest {
  @Test
  void aTableHasRoofsAPlotAndTheSlowestLayers() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--roofline", "--layers", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.lines().getFirst()).isEqualTo("mobilenet_v2 on coral-usb");
    assertThat(run.out())
        .contains(" roofs      peak 2.05 TMAC/s   activation fetch 32.0 GB/s")
        .contains(" 2.05 TMAC/s |-----")
        .contains("MACs a byte; a activation fetch, r output, p parameter fetch")
        .containsPattern(
            "\n s1b1/dw3x3 .* 1\\.00 +\\d+\\.\\d GMAC/s +32\\.0 GMAC/s +9\\d %  activation fetch\n")
        .containsPattern("\n all layers ");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(run.lines().stream().filter(line -> line.contains("/dw3x3 "))).hasSize(3);
  }

  @Test
  void jsonHasThePointsOfAPlot() {
    JsonObject object =
        JsonParser.parseString(
                Cli.ppe("estimate", "resnet18", "--roofline", "-a", "tensor-g1", "-f", "json")
                    .out())
            .getAsJsonObject();

    assertThat(object.keySet())
        .containsExactly("modelName", "accelerator", "peakMacsPerSecond", "roofs", "layers", "all");
    for (JsonElement element : object.getAsJsonArray("layers")) {
      JsonObject layer = element.getAsJsonObject();
      double attained = layer.get("macs").getAsDouble() / layer.get("us").getAsDouble() * 1e6;
      assertThat(layer.get("macsPerSecond").getAsDouble()).isEqualTo(attained);
      assertThat(layer.get("share").getAsDouble())
          .isEqualTo(attained / layer.get("roofMacsPerSecond").getAsDouble());
      assertThat(layer.getAsJsonArray("levels")).isNotEmpty();
    }
  }

  @Test
  void csvHasARowForEachLayerAndWay() {
    List<String> lines =
        Cli.ppe("estimate", "resnet18", "mobilenet_v2", "--roofline", "-f", "csv").lines();

    assertThat(lines.getFirst())
        .isEqualTo(
            "model_name,accelerator,layer,kind,macs,us,macs_per_second,level,bytes,macs_per_byte,roof_macs_per_second,lowest");
    assertThat(lines)
        .anySatisfy(
            line -> assertThat(line).startsWith("resnet18,coral-usb,").contains(",host-link,"))
        .anySatisfy(line -> assertThat(line).startsWith("mobilenet_v2,coral-usb,s1b1/dw3x3,"));
  }

  @Test
  void aHostAloneStandsUnderItsOwnPeak() {
    Cli run = Cli.ppe("estimate", "mobilenet_v2", "--roofline", "-a", "mobile-cpu");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(" roofs      peak 54.0 GMAC/s of the host\n")
        .containsPattern("\n all layers .* 54\\.0 GMAC/s +\\d+ %  peak\n")
        .doesNotContain("TMAC/s");
    assertThat(
            Cli.ppe("estimate", "mobilenet_v2", "--roofline", "-a", "mobile-cpu", "-f", "csv")
                .lines())
        .anySatisfy(line -> assertThat(line).matches("mobilenet_v2,mobile-cpu,.*,,,,5.4E10,true"));
    assertThat(Cli.ppe("accelerators").out())
        .containsPattern("\nmobile-cpu +- +- +- +108 GOPS +- +- +- +-\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "estimate m --roofline --compare|ppe: --compare and --roofline: choose one",
        "estimate m --roofline --trace t|ppe: --trace goes with plain answers, not with --roofline",
        "estimate m --compare --trace t|ppe: --trace goes with plain answers, not with --compare",
        "estimate mobilenet_v2 --roofline -a coral-9|ppe: no accelerator \"coral-9\"",
        "estimate m -a coral-usb -a tensor-g1|ppe: --accelerator is given 2 times: only ppe"
            + " estimate --compare takes two",
        "compile m -a coral-usb -a tensor-g1|ppe: --accelerator is given 2 times: only ppe"
            + " estimate --compare takes two"
      })
  void wrongUsageIsExplained(String arguments, String expected) {
    Cli run = Cli.ppe(arguments.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(expected);
  }
}
