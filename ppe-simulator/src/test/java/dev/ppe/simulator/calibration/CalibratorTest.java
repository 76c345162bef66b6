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
import java.util.Set;
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
            right.line(), right.model(), right.inputSize(), 1.7 * right.milliseconds()));

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

  @Test
  void theRealBoardIsNeverPredictedWorse() {
    // The vendor's table, whose rows the preset was fitted to already.
    NamedModels models = NamedModels.onUsb();

    Calibration calibration =
        Calibrator.calibrate(preset("coral-usb"), models.rows(), ALL, models.board().predictor());

    assertThat(models.rows()).hasSize(11);
    assertThat(calibration.fitted()).isNotEmpty();
    assertThat(calibration.agreementAfter().meanError().orElseThrow())
        .isLessThanOrEqualTo(calibration.agreementBefore().meanError().orElseThrow());
    assertThat(calibration.agreementAfter().logDetermination().orElseThrow())
        .isGreaterThanOrEqualTo(calibration.agreementBefore().logDetermination().orElseThrow());
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
