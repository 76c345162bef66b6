package dev.ppe.simulator.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratedYamlTest {
  private static final Board BOARD =
      Board.of("mobilenet_v1_0.25_128", "mobilenet_v2", "squeezenet", "mnasnet_a1", "resnet18");
  private static final AcceleratorDocument CORAL = AcceleratorDocument.preset("coral-usb");

  private static Calibration calibration() {
    Accelerator hidden =
        CORAL
            .with(Parameter.INVOCATION.path(), 500_000)
            .with(Parameter.CLOCK.path(), 400_000_000)
            .accelerator();
    return Calibrator.calibrate(
        CORAL,
        BOARD.measure(hidden, row -> row == 3 ? 1.5 : 1),
        EnumSet.of(Parameter.INVOCATION, Parameter.CLOCK),
        BOARD.predictor());
  }

  @Test
  void itIsTheAcceleratorThatWasFitted() {
    Calibration calibration = calibration();

    Accelerator read =
        AcceleratorYaml.read("file", CalibratedYaml.of(List.of(calibration), "lab.csv"));

    assertThat(read.name()).isEqualTo("coral-usb-calibrated");
    assertThat(read)
        .isEqualTo(
            calibration
                .after()
                .withName("coral-usb-calibrated")
                .withDescription("coral-usb with constants fitted to lab.csv")
                .withoutBlock("validated")
                .accelerator());
    assertThat((double) read.clockHz()).isBetween(395e6, 405e6);
    for (int row = 0; row < BOARD.names().size(); row++) {
      assertThat(BOARD.milliseconds(row, read)).isEqualTo(calibration.rows().get(row).after());
    }
  }

  @Test
  void commentsSayWhatItWasFittedToAndHowWell() {
    List<String> lines = CalibratedYaml.of(List.of(calibration()), "lab.csv").lines().toList();

    assertThat(lines.getFirst())
        .isEqualTo(
            "# Calibrated: 2 of the constants of coral-usb, fitted to 5 measured latencies"
                + " (lab.csv).");
    assertThat(lines.get(1)).startsWith("# Mean error ").contains("with the constants before");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("# Without the outlier: mean error 0."))
        .anySatisfy(
            line -> assertThat(line).matches("#   line 3, mobilenet_v2: [+-]0\\.\\d % of .* ms"))
        .anySatisfy(
            line ->
                assertThat(line).startsWith("#   line 5, mnasnet_a1: -33.").endsWith("an outlier"))
        .anySatisfy(
            line -> assertThat(line).matches("clock_hz: \\d+  # fitted, \\+- \\d+; was 500000000"))
        .contains("# Not fitted: invocation.layer_overhead_ns (not asked for).")
        .contains(
            "  split: spatial               # [S] outputs are cut in rows and columns over the PEs, channels kept whole");
  }

  @Test
  void whatWasSaidOfThePresetIsNotSaidOfIt() {
    assertThat(CORAL.accelerator().validated()).isPresent();

    String text = CalibratedYaml.of(List.of(calibration()), "lab.csv");

    Accelerator read = AcceleratorYaml.read("file", text);
    assertThat(read.validated()).isEmpty();
    assertThat(read.description()).isEqualTo("coral-usb with constants fitted to lab.csv");
    assertThat(text).doesNotContain("validated:");
  }

  /** Some of them end a line, and with it a comment, in YAML. */
  @Test
  void charactersThatEndALineDoNotEndAComment() {
    for (String ending : List.of("\n", "\r", "\u0085", "\u2028", "\u2029")) {
      String text =
          CalibratedYaml.of(List.of(calibration()), "lab" + ending + "clock_hz: 1" + ending);

      assertThat(text).contains("(lab?clock_hz: 1?)");
      assertThat(AcceleratorYaml.read("file", text).clockHz()).isGreaterThan(395_000_000);
    }
  }

  @Test
  void calibratedAgainItKeepsItsName() {
    Calibration first = calibration();
    AcceleratorDocument document =
        new AcceleratorDocument("mine.yaml", CalibratedYaml.of(List.of(first), "lab.csv"));

    Calibration second =
        Calibrator.calibrate(
            document,
            BOARD.measure(document.accelerator(), row -> 1),
            EnumSet.of(Parameter.INVOCATION, Parameter.CLOCK),
            BOARD.predictor());

    assertThat(CalibratedYaml.name(second)).isEqualTo("coral-usb-calibrated");
    assertThat(second.agreementAfter().meanError().orElseThrow()).isZero();
  }

  @Test
  void latenciesAndEnergiesGoIntoOneFile() {
    AcceleratorDocument hidden =
        Quantity.ENERGY
            .writtenOut(CORAL.with(Parameter.INVOCATION.path(), 500_000))
            .with(Parameter.STATIC_ENERGY.path(), 1_300);
    Calibration latencies =
        Calibrator.calibrate(
            CORAL,
            BOARD.measure(hidden.accelerator(), row -> 1),
            EnumSet.of(Parameter.INVOCATION),
            BOARD.predictor());
    Calibration energies =
        Calibrator.calibrate(
            latencies.after(),
            BOARD.measureEnergy(hidden.accelerator(), row -> 1),
            EnumSet.of(Parameter.STATIC_ENERGY),
            BOARD.energies());

    String text = CalibratedYaml.of(List.of(latencies, energies), "lab.csv");

    Accelerator read = AcceleratorYaml.read("file", text);
    assertThat(read.name()).isEqualTo("coral-usb-calibrated");
    assertThat((double) read.invocation().overheadNs()).isBetween(495e3, 505e3);
    assertThat(read.energyScale().orElseThrow().staticPermille()).isBetween(1_290, 1_310);
    assertThat(text)
        .contains("# Calibrated: 1 of the constants of coral-usb, fitted to 5 measured energies")
        .contains("# Not fitted: energy_scale.dynamic_permille (not asked for).");
  }
}
