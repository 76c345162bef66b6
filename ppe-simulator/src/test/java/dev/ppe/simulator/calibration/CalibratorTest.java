package dev.ppe.simulator.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator with hidden constants is the board: what is found must be what was hidden. */
class CalibratorTest {
  private static final Set<Parameter> ALL = EnumSet.allOf(Parameter.class);
  private static final Board BOARD = Board.ofMany();

  private static AcceleratorDocument preset(String name) {
    return AcceleratorDocument.preset(name);
  }

  /** Constants 40 % larger, the clock a fifth slower, and 2 us a layer where there was nothing. */
  private static AcceleratorDocument hidden(String preset) {
    AcceleratorDocument hidden = preset(preset);
    for (Parameter parameter : Parameter.values()) {
      if (hidden.number(parameter.path()).isPresent()) {
        long value = hidden.number(parameter.path()).getAsLong();
        long other = parameter == Parameter.CLOCK ? value / 5 * 4 : value / 5 * 7;
        hidden = hidden.with(parameter.path(), value == 0 ? 2_000 : other);
      }
    }
    return hidden;
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1"})
  void exactMeasurementsGiveTheHiddenConstants(String name) {
    AcceleratorDocument hidden = hidden(name);

    Calibration calibration =
        Calibrator.calibrate(
            preset(name), BOARD.measure(hidden.accelerator(), row -> 1), ALL, BOARD.predictor());

    assertThat(calibration.kept()).isEmpty();
    assertThat(calibration.fitted()).hasSizeGreaterThanOrEqualTo(4);
    for (Fitted fitted : calibration.fitted()) {
      double truth = hidden.number(fitted.parameter().path()).orElseThrow();
      assertThat((double) fitted.after())
          .as(fitted.toString())
          .isCloseTo(truth, within(0.01 * truth));
    }
    assertThat(calibration.agreementBefore().meanError().orElseThrow()).isGreaterThan(0.1);
    assertThat(calibration.agreementAfter().meanError().orElseThrow()).isLessThan(0.001);
    assertThat(calibration.agreementLeftOut().meanError().orElseThrow()).isLessThan(0.001);
    assertThat(calibration.outliers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"coral-usb,1", "coral-usb,2", "tensor-g1,3", "tensor-g1,4"})
  void noiseAndAnOutlierLeaveThemWithinTheirErrors(String name, long seed) {
    AcceleratorDocument hidden = hidden(name);
    int wrong = 8;
    List<Measurement> rows =
        new ArrayList<>(BOARD.measure(hidden.accelerator(), Board.noise(0.01, seed)));
    Measurement right = rows.get(wrong);
    rows.set(
        wrong,
        new Measurement(
            right.line(), right.model(), right.inputSize(), Quantity.LATENCY, 1.7 * right.value()));

    Calibration calibration = Calibrator.calibrate(preset(name), rows, ALL, BOARD.predictor());

    assertThat(calibration.outliers())
        .extracting(row -> row.measurement().line())
        .containsExactly(right.line());
    assertThat(calibration.rows().get(wrong).weight()).isLessThan(0.1);
    assertThat(calibration.fitted()).hasSizeGreaterThanOrEqualTo(3);
    for (Fitted fitted : calibration.fitted()) {
      double truth = hidden.number(fitted.parameter().path()).orElseThrow();
      assertThat((double) fitted.after())
          .as(fitted.toString())
          .isCloseTo(truth, within(4 * fitted.error()));
    }
    List<Row> others = new ArrayList<>(calibration.rows());
    others.remove(wrong);
    assertThat(others).allSatisfy(row -> assertThat(row.error()).isBetween(-0.05, 0.05));
  }

  @Test
  void aRowLeftOutIsPredictedAsByAFitWithoutIt() {
    List<Measurement> rows = BOARD.measure(hidden("tensor-g1").accelerator(), Board.noise(0.02, 5));
    int left = 11;
    List<Measurement> others = new ArrayList<>(rows);
    others.remove(left);

    Calibration all = Calibrator.calibrate(preset("tensor-g1"), rows, ALL, BOARD.predictor());
    Calibration without =
        Calibrator.calibrate(
            preset("tensor-g1"),
            others,
            EnumSet.copyOf(all.fitted().stream().map(Fitted::parameter).toList()),
            BOARD.without(left).predictor());

    double refitted = BOARD.milliseconds(left, without.after().accelerator());
    assertThat(all.rows().get(left).leftOut()).isCloseTo(refitted, within(0.005 * refitted));
  }

  /** Rows that stand apart draw no fit towards them, however far off they are. */
  @ParameterizedTest
  @CsvSource({"100,7", "0.02,8", "3,9"})
  void aFifthOfTheRowsMayBeFarOff(double factor, long seed) {
    AcceleratorDocument hidden = hidden("coral-usb");
    Set<Integer> wrong = Set.of(0, 7, 11);
    IntToDoubleFunction noise = Board.noise(0.01, seed);

    Calibration calibration =
        Calibrator.calibrate(
            preset("coral-usb"),
            BOARD.measure(
                hidden.accelerator(),
                row -> noise.applyAsDouble(row) * (wrong.contains(row) ? factor : 1)),
            ALL,
            BOARD.predictor());

    assertThat(calibration.outliers())
        .extracting(row -> row.measurement().line() - 2)
        .containsAll(wrong)
        .hasSizeLessThanOrEqualTo(4); // noise may put one of the others beyond 3.5 scales
    assertThat(wrong).allSatisfy(row -> assertThat(calibration.rows().get(row).weight()).isZero());
    assertThat(calibration.fitted()).hasSizeGreaterThanOrEqualTo(3);
    for (Fitted fitted : calibration.fitted()) {
      double truth = hidden.number(fitted.parameter().path()).orElseThrow();
      assertThat((double) fitted.after())
          .as(fitted.toString())
          .isCloseTo(truth, within(4 * fitted.error()));
    }
    assertThat(calibration.withoutOutliers().agreementAfter().meanError().orElseThrow())
        .isLessThan(0.02);
    assertThat(calibration.agreementAfter().meanError().orElseThrow()).isGreaterThan(0.1);
  }

  /** Noise alone, which a fit takes for the board: others are predicted worse than before. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noFitPredictsRowsLeftOutWorseThanBefore(long seed) {
    Board few = Board.of("mobilenet_v1_0.25_128", "mobilenet_v2", "squeezenet", "resnet18");
    List<Measurement> rows =
        few.measure(preset("coral-usb").accelerator(), Board.noise(0.15, seed));

    Optional<Calibration> calibration;
    try {
      calibration =
          Optional.of(Calibrator.calibrate(preset("coral-usb"), rows, ALL, few.predictor()));
    } catch (CalibrationException e) {
      calibration = Optional.empty();
      assertThat(e).hasMessageStartingWith("nothing is fitted to the latencies; ");
    }

    assertThat(calibration.map(Calibration::withoutOutliers).stream().toList())
        .allSatisfy(
            fit ->
                assertThat(fit.agreementLeftOut().meanError().orElseThrow())
                    .isLessThanOrEqualTo(fit.agreementBefore().meanError().orElseThrow() + 1e-4));
  }

  @Test
  void aFitThatIsWorseOnRowsLeftOutIsRefused() {
    Board few = Board.of("mobilenet_v1", "mobilenet_v2", "squeezenet", "resnet18");
    double[] factors = {1.1, 0.9, 1.1, 0.9};

    assertThatThrownBy(
            () ->
                Calibrator.calibrate(
                    preset("coral-usb"),
                    few.measure(preset("coral-usb").accelerator(), row -> factors[row]),
                    EnumSet.of(Parameter.CLOCK),
                    few.predictor()))
        .isInstanceOf(CalibrationException.class)
        .hasMessageStartingWith("nothing is fitted to the latencies; clock_hz: ")
        .hasMessageContaining("on rows left out, the constants before by ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "tensor-g1"})
  void energiesGiveTheHiddenFactors(String name) {
    AcceleratorDocument hidden =
        Quantity.ENERGY
            .writtenOut(preset(name))
            .with(Parameter.DYNAMIC_ENERGY.path(), 1_400)
            .with(Parameter.STATIC_ENERGY.path(), 700);
    IntToDoubleFunction noise = Board.noise(0.005, 3);

    Calibration calibration =
        Calibrator.calibrate(
            preset(name),
            BOARD.measureEnergy(
                hidden.accelerator(), row -> noise.applyAsDouble(row) * (row == 4 ? 2 : 1)),
            ALL,
            BOARD.energies());

    assertThat(calibration.quantity()).isEqualTo(Quantity.ENERGY);
    assertThat(calibration.kept()).isEmpty();
    assertThat(calibration.outliers())
        .extracting(row -> row.measurement().line())
        .containsExactly(6);
    for (Fitted fitted : calibration.fitted()) {
      double truth = hidden.number(fitted.parameter().path()).orElseThrow();
      assertThat((double) fitted.after()).isCloseTo(truth, within(4 * fitted.error() + 1));
    }
    assertThat(calibration.withoutOutliers().agreementAfter().meanError().orElseThrow())
        .isLessThan(0.01);
  }

  @Test
  void twoEnergiesAreTooFew() {
    List<Measurement> rows = BOARD.measureEnergy(preset("coral-usb").accelerator(), row -> 1);

    assertThatThrownBy(
            () ->
                Calibrator.calibrate(
                    preset("coral-usb"), rows.subList(0, 2), ALL, BOARD.energies()))
        .isInstanceOf(CalibrationException.class)
        .hasMessage("2 rows of energies: 3 are needed at least, for one constant and to check it");
  }

  @Test
  void theRealBoardIsNeverPredictedWorse() {
    // The vendor's table, whose rows the preset was fitted to already.
    NamedModels models = NamedModels.onUsb();

    assertThat(models.rows()).hasSize(9);
    Calibration calibration =
        Calibrator.calibrate(preset("coral-usb"), models.rows(), ALL, models.board().predictor())
            .withoutOutliers();

    assertThat(calibration.agreementLeftOut().meanError().orElseThrow())
        .isLessThanOrEqualTo(calibration.agreementBefore().meanError().orElseThrow() + 1e-4);
  }

  @Test
  void twoRowsAreTooFew() {
    List<Measurement> rows = BOARD.measure(preset("coral-usb").accelerator(), row -> 1);

    assertThatThrownBy(
            () ->
                Calibrator.calibrate(
                    preset("coral-usb"), rows.subList(0, 2), ALL, BOARD.predictor()))
        .isInstanceOf(CalibrationException.class)
        .hasMessage("2 rows: 3 are needed at least, for one constant and to check it");
  }

  @Test
  void theSameRowsGiveTheSameFit() {
    List<Measurement> rows = BOARD.measure(hidden("coral-usb").accelerator(), Board.noise(0.05, 6));

    assertThat(Calibrator.calibrate(preset("coral-usb"), rows, ALL, BOARD.predictor()))
        .isEqualTo(Calibrator.calibrate(preset("coral-usb"), rows, ALL, BOARD.predictor()));
  }
}
