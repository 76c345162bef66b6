package dev.ppe.simulator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows whose latency is a sum that can be written down: what they determine is known. */
class IdentificationTest {
  private static final AcceleratorDocument CORAL = AcceleratorDocument.preset("coral-usb");
  private static final Set<Parameter> ALL = EnumSet.allOf(Parameter.class);

  /** A network that takes so many layers, bytes in and out, and cycles. */
  private record Network(int layers, long in, long out, long cycles) {
    double milliseconds(Accelerator accelerator) {
      double seconds =
          (accelerator.invocation().overheadNs()
                      + layers * (double) accelerator.invocation().layerOverheadNs())
                  / 1e9
              + in / (double) accelerator.hostLink().orElseThrow().toDeviceBytesPerSecond()
              + out / (double) accelerator.hostLink().orElseThrow().fromDeviceBytesPerSecond()
              + cycles / (double) accelerator.clockHz();
      return 1e3 * seconds;
    }
  }

  private static Calibration calibrate(Set<Parameter> wanted, Network... networks) {
    Accelerator hidden = CORAL.with(Parameter.INVOCATION.path(), 500_000).accelerator();
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < networks.length; i++) {
      rows.add(
          new Measurement(
              2 + i,
              "network" + i,
              OptionalInt.empty(),
              Quantity.LATENCY,
              networks[i].milliseconds(hidden)));
    }
    return Calibrator.calibrate(
        CORAL,
        rows,
        wanted,
        questions ->
            questions.stream()
                .map(question -> networks[question.row()].milliseconds(question.accelerator()))
                .toList());
  }

  private static String reason(Calibration calibration, Parameter parameter) {
    return calibration.kept().stream()
        .filter(kept -> kept.parameter() == parameter)
        .map(Kept::reason)
        .findFirst()
        .orElse("fitted");
  }

  @Test
  void networksOfOneDepthDoNotTellLayersFromTheInvocation() {
    Calibration calibration =
        calibrate(
            ALL,
            new Network(10, 100_000, 0, 100_000),
            new Network(10, 300_000, 0, 300_000),
            new Network(10, 200_000, 0, 900_000),
            new Network(10, 700_000, 0, 100_000),
            new Network(10, 600_000, 0, 200_000),
            new Network(10, 900_000, 0, 800_000),
            new Network(10, 200_000, 0, 400_000),
            new Network(10, 500_000, 0, 600_000));

    assertThat(reason(calibration, Parameter.LAYER))
        .isEqualTo("these rows cannot tell it apart from invocation.overhead_ns");
    assertThat(calibration.fitted())
        .extracting(Fitted::parameter)
        .containsExactly(Parameter.INVOCATION, Parameter.TO_DEVICE, Parameter.CLOCK);
    assertThat(calibration.after().number(Parameter.LAYER.path()))
        .isEqualTo(CORAL.number(Parameter.LAYER.path()));
  }

  @Test
  void whatNoRowUsesStaysAsItIs() {
    Calibration calibration =
        calibrate(
            ALL,
            new Network(10, 100_000, 0, 100_000),
            new Network(20, 300_000, 100, 300_000),
            new Network(50, 200_000, 0, 900_000),
            new Network(40, 900_000, 0, 800_000));

    assertThat(reason(calibration, Parameter.FROM_DEVICE))
        .isEqualTo("no row depends on it by as much as 1 %");
    assertThat(calibration.kept()).extracting(Kept::parameter).doesNotContain(Parameter.DRAM);
  }

  @Test
  void threeRowsCarryOneConstant() {
    Calibration calibration =
        calibrate(
            ALL,
            new Network(10, 100_000, 0, 100_000),
            new Network(20, 200_000, 0, 400_000),
            new Network(50, 300_000, 0, 200_000));

    assertThat(calibration.fitted()).extracting(Fitted::parameter).hasSize(1);
    assertThat(calibration.kept())
        .extracting(Kept::reason)
        .contains("3 rows carry 1 constant, two rows each");
  }

  @Test
  void onlyWhatIsWantedIsFitted() {
    Calibration calibration =
        calibrate(
            EnumSet.of(Parameter.INVOCATION),
            new Network(10, 100_000, 0, 100_000),
            new Network(20, 200_000, 0, 400_000),
            new Network(50, 300_000, 0, 200_000));

    assertThat(calibration.fitted()).extracting(Fitted::after).containsExactly(500_000L);
    assertThat(reason(calibration, Parameter.CLOCK)).isEqualTo("not asked for");
  }

  @Test
  void rowsThatDetermineNothingAreRefused() {
    assertThatThrownBy(
            () ->
                calibrate(
                    EnumSet.of(Parameter.FROM_DEVICE),
                    new Network(10, 100_000, 0, 100_000),
                    new Network(20, 200_000, 0, 400_000),
                    new Network(50, 300_000, 0, 200_000)))
        .isInstanceOf(CalibrationException.class)
        .hasMessageStartingWith("nothing is fitted to the latencies; ")
        .hasMessageContaining(Parameter.FROM_DEVICE.path() + ": no row depends on it");
  }

  @Test
  void aConstantThatOnlyOneScatteredRowShowsIsNotKnown() {
    // Rows scatter by several per cent; what comes back is three per cent of one of them.
    Network[] networks = {
      new Network(10, 100_000, 0, 100_000),
      new Network(20, 300_000, 0, 300_000),
      new Network(50, 200_000, 0, 900_000),
      new Network(40, 900_000, 12_000, 800_000),
      new Network(40, 100_000, 0, 800_000),
      new Network(40, 500_000, 0, 200_000),
      new Network(10, 600_000, 0, 500_000),
      new Network(15, 200_000, 0, 100_000),
      new Network(30, 100_000, 0, 400_000),
      new Network(25, 800_000, 0, 300_000)
    };
    Accelerator hidden =
        CORAL
            .with(Parameter.INVOCATION.path(), 600_000)
            .with(Parameter.CLOCK.path(), 300_000_000)
            .accelerator();
    double[] factors = {1.05, 0.94, 1.03, 0.96, 1.06, 0.97, 1.04, 0.95, 0.98, 1.02};
    List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < networks.length; i++) {
      rows.add(
          new Measurement(
              2 + i,
              "network" + i,
              OptionalInt.empty(),
              Quantity.LATENCY,
              factors[i] * networks[i].milliseconds(hidden)));
    }

    Calibration calibration =
        Calibrator.calibrate(
            CORAL,
            rows,
            ALL,
            questions ->
                questions.stream()
                    .map(question -> networks[question.row()].milliseconds(question.accelerator()))
                    .toList());

    assertThat(reason(calibration, Parameter.FROM_DEVICE)).startsWith("the rows ");
    assertThat(calibration.fitted()).extracting(Fitted::parameter).contains(Parameter.CLOCK);
  }

  @Test
  void aConstantThatOneRowAloneShowsIsNotFitted() {
    Calibration calibration =
        calibrate(
            ALL,
            new Network(10, 100_000, 100, 100_000),
            new Network(20, 300_000, 80_000, 300_000),
            new Network(50, 200_000, 100, 900_000),
            new Network(40, 900_000, 100, 800_000),
            new Network(15, 100_000, 100, 400_000),
            new Network(30, 600_000, 100, 200_000),
            new Network(25, 100_000, 100, 700_000),
            new Network(35, 400_000, 100, 100_000),
            new Network(45, 300_000, 100, 600_000),
            new Network(60, 100_000, 100, 200_000));

    assertThat(reason(calibration, Parameter.FROM_DEVICE))
        .isEqualTo("the rows show it in line 3 alone");
    assertThat(calibration.fitted()).extracting(Fitted::parameter).contains(Parameter.CLOCK);
  }
}
