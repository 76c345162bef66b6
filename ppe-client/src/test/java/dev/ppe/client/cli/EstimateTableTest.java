package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of an answer for people; the figures are the simulator's affair. */
class EstimateTableTest {
  private static final String TIME = "[0-9.]+ (ns|us|ms)";
  private static final String ENERGY = "[0-9.]+ (nJ|uJ|mJ)";
  private static final String SHARE = "<?[0-9.]+ %";

  private final Cli run = Cli.ppe("estimate", "mobilenet_edgetpu_v2_s");

  private String line(String start) {
    return run.lines().stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void allIsWell() {
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theFirstLineSaysWhatWasAsked() {
    assertThat(run.lines().get(0))
        .isEqualTo("mobilenet_edgetpu_v2_s   224x224x3 int8   1.20 G MACs   5.96 M parameters");
    assertThat(line(" operators")).isEqualTo(" operators  70, all on the accelerator");
  }

  @Test
  void theSecondLineSaysWhatItCosts() {
    assertThat(run.lines().get(1))
        .matches(
            "coral-usb, cycle level   %s   %s   [0-9.]+ m?W   %s of peak MACs   first inference %s"
                .formatted(TIME, ENERGY, SHARE, TIME));
  }

  @Test
  void timeAndEnergyAreBrokenDown() {
    assertThat(line(" time ")).matches(" time +([a-zA-Z ]+ %s,? ?)+".formatted(SHARE));
    assertThat(line(" energy ")).matches(" energy +([a-zA-Z ]+ %s,? ?)+".formatted(SHARE));
  }

  @Test
  void theSlowestLayersAreListedAndTheRestIsSummedUp() {
    List<String> lines = run.lines();
    int title = lines.indexOf(line(" slowest"));
    assertThat(lines.get(title))
        .matches(" slowest layers.* +kind +time +share +MACs +use +bound by +energy");
    for (String layer : lines.subList(title + 1, title + 11)) {
      assertThat(layer)
          .matches(" \\S+ +\\S+ +%s +%s +.* +[a-z ]+ +%s".formatted(TIME, SHARE, ENERGY));
    }
    assertThat(lines.get(title + 11)).matches(" \\d+ other layers +%s +.*".formatted(TIME));
    assertThat(lines.get(title + 12)).matches(" driver and transfers +%s +.*".formatted(TIME));
  }

  @Test
  void memoryIsAccountedFor() {
    assertThat(line(" memory ")).contains("parameters", "on the chip");
    assertThat(run.out()).containsPattern("PE memory peak \\S+ KiB of 192 KiB \\(lower bound \\S+");
    // 1001 classes are padded to words of 4 channels, and those to words of 8 bytes of the link.
    assertThat(line(" transfers ")).contains("input 147 KiB, output 1008 B, instructions");
    assertThat(line(" note ")).isNotBlank();
  }

  @Test
  void noLineIsLongerThanTheScreen() {
    assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void asManyLayersAreShownAsAskedFor() {
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--layers", "3").out()).contains("other layers");
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--layers", "all").out())
        .doesNotContain("other layer");
    assertThat(Cli.ppe("estimate", "mobilenet_v2", "--layers", "0").out())
        .doesNotContain("slowest");
  }

  @Test
  void blocksAreAnEmptyLineApartAndManyAreCompared() {
    Cli three = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_v2", "mobilenet_v2");
    assertThat(three.out()).contains("\n\nmobilenet_v2").doesNotContain("most of the time");
    Cli four = Cli.ppe("estimate", "mobilenet_v2", "mobilenet_v2", "mobilenet_v2", "mobilenet_v2");
    assertThat(four.lines().subList(four.lines().size() - 5, four.lines().size()))
        .first()
        .asString()
        .matches("model +latency +energy +MACs +parameters +use +on host +most of the time");
  }
}
