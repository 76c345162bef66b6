package dev.ppe.client.cli;

import dev.ppe.client.report.calibration.Figures;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.CalibrationException;
import dev.ppe.simulator.calibration.Calibrator;
import dev.ppe.simulator.calibration.Fault;
import dev.ppe.simulator.calibration.Measurement;
import dev.ppe.simulator.calibration.Measurements;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.calibration.Quantity;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.v1.EstimateRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads measurements, asks what their models take ({@link MeasuredRows}), and fits: latencies
 * first, then energies.
 */
final class CalibrateRun {
  private static final int MOST_FAULTS = 50;

  private final RowPredictor predictor;
  private final String file;
  private final Failures failures;

  /**
   * A run.
   *
   * @param predictor who answers
   * @param file of measurements
   * @param failures tells of what is wrong, and of what stands out
   */
  CalibrateRun(RowPredictor predictor, String file, Failures failures) {
    this.predictor = predictor;
    this.file = file;
    this.failures = failures;
  }

  /** A calibration of each quantity; none if a row is wrong, all of which are told of. */
  List<Calibration> calibrate(AcceleratorDocument document, Set<Parameter> wanted) {
    MeasuredRows rows = MeasuredRows.read(file, predictor, document);
    if (!rows.faults().isEmpty()) {
      tell(rows.faults());
      return List.of();
    }
    try {
      return fit(document, rows.measurements(), wanted, rows.requests());
    } catch (CalibrationException e) {
      throw new UnreadableException(file + ": " + e.getMessage(), e);
    }
  }

  private List<Calibration> fit(
      AcceleratorDocument document,
      Measurements measurements,
      Set<Parameter> wanted,
      Map<Integer, EstimateRequest> requests) {
    if (measurements.rows().isEmpty()) {
      Calibrator.requireEnough(measurements.rows());
    }
    List<Calibration> calibrations = new ArrayList<>();
    AcceleratorDocument fitted = document;
    for (Quantity quantity : Quantity.values()) {
      List<Measurement> rows = measurements.of(quantity);
      boolean isWanted = wanted.stream().anyMatch(constant -> constant.quantity() == quantity);
      if (!rows.isEmpty() && !isWanted) {
        failures.note(
            file,
            "%s is not looked at: --fit names none of the constants of %s"
                .formatted(quantity.unit(), quantity.text()));
      } else if (!rows.isEmpty()) {
        Calibration calibration =
            Calibrator.calibrate(fitted, rows, wanted, predictor.of(rows, requests));
        calibration.outliers().forEach(this::outlier);
        calibrations.add(calibration);
        fitted = calibration.after();
      }
    }
    if (calibrations.isEmpty()) {
      throw new UnreadableException(file + ": measures nothing that --fit names a constant of");
    }
    return calibrations;
  }

  private void tell(List<Fault> faults) {
    List<Fault> sorted = faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
    sorted.stream().limit(MOST_FAULTS).forEach(fault -> failures.line(file + ": " + fault));
    if (sorted.size() > MOST_FAULTS) {
      failures.line("%s: and %d more".formatted(file, sorted.size() - MOST_FAULTS));
    }
  }

  private void outlier(Calibration.Row row) {
    Measurement measurement = row.measurement();
    failures.note(
        file,
        "line %d: %s is an outlier: measured %s, %s by what fits the others; it counts %s"
            .formatted(
                measurement.line(),
                measurement.model(),
                Figures.of(measurement.quantity(), measurement.value()),
                Figures.of(measurement.quantity(), row.after()),
                row.weight() == 0 ? "nothing" : Units.percent(row.weight())));
  }
}
