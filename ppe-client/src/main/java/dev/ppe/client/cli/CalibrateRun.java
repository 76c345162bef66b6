package dev.ppe.client.cli;

import dev.ppe.client.PpeException;
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
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads measurements, asks what their models take, and fits: latencies first, then energies. */
final class CalibrateRun {
  private static final int LARGEST_FILE = 1 << 20;
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
    Measurements measurements = read();
    List<Fault> faults = new ArrayList<>(measurements.faults());
    Map<Integer, EstimateRequest> requests = requests(measurements.rows(), faults);
    if (faults.isEmpty()) {
      requireAnswers(document.accelerator(), measurements, requests, faults);
    }
    if (!faults.isEmpty()) {
      tell(faults);
      return List.of();
    }
    try {
      return fit(document, measurements, wanted, requests);
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

  private Measurements read() {
    try {
      byte[] bytes = BoundedFile.read(file, LARGEST_FILE);
      return Measurements.read(
          file, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new UnreadableException(file + ": is no UTF-8 text", e);
    } catch (DatasetException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } catch (UnreadableException e) {
      throw new UnreadableException(file + ": " + e.getMessage(), e);
    }
  }

  /** By line. */
  private Map<Integer, EstimateRequest> requests(List<Measurement> rows, List<Fault> faults) {
    MeasuredModels models = new MeasuredModels(file);
    Map<Integer, EstimateRequest> requests = new LinkedHashMap<>();
    int last = 0; // a line with two figures has two rows
    for (Measurement row : rows) {
      if (row.line() == last) {
        continue;
      }
      last = row.line();
      try {
        requests.put(row.line(), models.request(row));
      } catch (UnreadableException e) {
        faults.add(new Fault(row.line(), row.model() + ": " + e.getMessage()));
      }
    }
    return requests;
  }

  /**
   * On the accelerator as it is: what has no answer there has none at all. A network that comes
   * twice, whatever it is called, would be predicted from itself where its row is left out.
   */
  private void requireAnswers(
      Accelerator accelerator,
      Measurements measurements,
      Map<Integer, EstimateRequest> requests,
      List<Fault> faults) {
    List<Integer> lines = List.copyOf(requests.keySet());
    List<RowPredictor.Outcome> outcomes =
        predictor.ask(
            requests.values().stream()
                .map(request -> RowPredictor.on(request, accelerator))
                .toList());
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      int line = lines.get(i);
      List<Measurement> rows =
          measurements.rows().stream().filter(row -> row.line() == line).toList();
      String model = rows.getFirst().model();
      switch (outcomes.get(i)) {
        case RowPredictor.Outcome.Failed(PpeException reason) ->
            faults.add(new Fault(line, model + ": " + reason.getMessage()));
        case RowPredictor.Outcome.Answered(EstimateResponse response) -> {
          requirePrices(response, rows, faults);
          Integer earlier = known.putIfAbsent(response.getGraphHash(), line);
          if (earlier != null) {
            faults.add(
                new Fault(
                    line,
                    ("%s is the network of line %d already; give each network one row, such as its"
                            + " median: rows left out are no check with another of the same")
                        .formatted(model, earlier)));
          }
        }
      }
    }
  }

  private static void requirePrices(
      EstimateResponse response, List<Measurement> rows, List<Fault> faults) {
    for (Measurement row : rows) {
      if (!(RowPredictor.figure(response, row.quantity()) > 0)) {
        faults.add(
            new Fault(
                row.line(),
                "%s: no %s is known of it on %s: its energy_table, %s, has no prices; leave %s empty"
                    .formatted(
                        row.model(),
                        row.quantity().text(),
                        response.getAccelerator(),
                        response.getEnergyTable(),
                        row.quantity().unit())));
      }
    }
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
