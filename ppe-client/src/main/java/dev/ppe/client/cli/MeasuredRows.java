package dev.ppe.client.cli;

import dev.ppe.client.PpeException;
import dev.ppe.simulator.calibration.Fault;
import dev.ppe.simulator.calibration.Measurement;
import dev.ppe.simulator.calibration.Measurements;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurements with the questions that their models are.
 *
 * @param measurements as they are in the file
 * @param requests by line
 * @param faults of rows that are wrong; none if all can be fitted to
 */
record MeasuredRows(
    Measurements measurements, Map<Integer, EstimateRequest> requests, List<Fault> faults) {
  private static final int LARGEST_FILE = 1 << 20;

  /**
   * Reads a file, and asks whether all its rows have answers.
   *
   * @param predictor who answers
   * @param document of the accelerator that was measured
   * @throws UnreadableException if it is no file of measurements
   */
  static MeasuredRows read(String file, RowPredictor predictor, AcceleratorDocument document) {
    Measurements measurements = measurements(file);
    List<Fault> faults = new ArrayList<>(measurements.faults());
    Map<Integer, EstimateRequest> requests = requests(file, measurements.rows(), faults);
    if (faults.isEmpty()) {
      requireAnswers(predictor, document.accelerator(), measurements, requests, faults);
    }
    return new MeasuredRows(measurements, requests, faults);
  }

  private static Measurements measurements(String file) {
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
  private static Map<Integer, EstimateRequest> requests(
      String file, List<Measurement> rows, List<Fault> faults) {
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
  private static void requireAnswers(
      RowPredictor predictor,
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
}
