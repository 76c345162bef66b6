package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.client.report.Units;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.CalibrationException;
import dev.ppe.simulator.calibration.Calibrator;
import dev.ppe.simulator.calibration.Fault;
import dev.ppe.simulator.calibration.Measurement;
import dev.ppe.simulator.calibration.Measurements;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.calibration.Predictor.Question;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.data.DatasetException;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.AcceleratorCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads measurements, asks for their models' latencies, and fits. */
final class CalibrateRun {
  private static final int LARGEST_FILE = 1 << 20;
  private static final int MOST_FAULTS = 50;
  private static final double MICROSECONDS_PER_MILLISECOND = 1e3;

  private final PpeClient client;
  private final int width;
  private final String file;
  private final Failures failures;

  /**
   * A run.
   *
   * @param client who answers
   * @param width how many questions are worth having under way at a time
   * @param file of measurements
   * @param failures tells of what is wrong, and of what stands out
   */
  CalibrateRun(PpeClient client, int width, String file, Failures failures) {
    this.client = client;
    this.width = width;
    this.file = file;
    this.failures = failures;
  }

  /** The calibration; none if a row is wrong, all of which are told of. */
  Optional<Calibration> calibrate(AcceleratorDocument document, Set<Parameter> wanted) {
    Measurements measurements = read();
    List<Fault> faults = new ArrayList<>(measurements.faults());
    List<EstimateRequest> requests = requests(measurements.rows(), faults);
    if (faults.isEmpty()) {
      requireAnswers(document, measurements.rows(), requests, faults);
    }
    if (!faults.isEmpty()) {
      tell(faults);
      return Optional.empty();
    }
    try {
      Calibration calibration =
          Calibrator.calibrate(
              document,
              measurements.rows(),
              wanted,
              questions -> milliseconds(requests, questions));
      noteWhatStandsOut(calibration);
      return Optional.of(calibration);
    } catch (CalibrationException e) {
      throw new UnreadableException(file + ": " + e.getMessage(), e);
    }
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

  private List<EstimateRequest> requests(List<Measurement> rows, List<Fault> faults) {
    MeasuredModels models = new MeasuredModels(file);
    List<EstimateRequest> requests = new ArrayList<>();
    for (Measurement row : rows) {
      try {
        requests.add(models.request(row));
      } catch (UnreadableException e) {
        faults.add(new Fault(row.line(), row.model() + ": " + e.getMessage()));
      }
    }
    return requests;
  }

  /** What became of a question: threads cannot throw to who asked. */
  private sealed interface Outcome {
    record Answered(EstimateResponse response) implements Outcome {}

    record Failed(PpeException reason) implements Outcome {}
  }

  private List<Outcome> ask(List<EstimateRequest> requests) {
    List<Outcome> outcomes = new ArrayList<>();
    InOrder.run(
        requests,
        width,
        request -> {
          try {
            return new Outcome.Answered(client.estimate(request));
          } catch (PpeException e) {
            return new Outcome.Failed(e);
          }
        },
        outcomes::add);
    return outcomes;
  }

  /** On the accelerator as it is: what has no answer there has none at all. */
  private void requireAnswers(
      AcceleratorDocument document,
      List<Measurement> rows,
      List<EstimateRequest> requests,
      List<Fault> faults) {
    Accelerator accelerator = document.accelerator();
    List<Outcome> outcomes =
        ask(requests.stream().map(request -> on(request, accelerator)).toList());
    Map<String, Integer> lines = new HashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Measurement row = rows.get(i);
      switch (outcomes.get(i)) {
        case Outcome.Failed(PpeException reason) ->
            faults.add(new Fault(row.line(), row.model() + ": " + reason.getMessage()));
        case Outcome.Answered(EstimateResponse response) -> {
          Integer earlier = lines.putIfAbsent(response.getGraphHash(), row.line());
          if (earlier != null) {
            failures.note(
                file,
                "line %d: %s is the same network as line %d, which counts twice so"
                    .formatted(row.line(), row.model(), earlier));
          }
        }
      }
    }
  }

  private static EstimateRequest on(EstimateRequest request, Accelerator accelerator) {
    return request.toBuilder().setAcceleratorSpec(AcceleratorCodec.encode(accelerator)).build();
  }

  private List<Double> milliseconds(List<EstimateRequest> requests, List<Question> questions) {
    List<Double> answers = new ArrayList<>();
    for (Outcome outcome :
        ask(
            questions.stream()
                .map(question -> on(requests.get(question.row()), question.accelerator()))
                .toList())) {
      switch (outcome) {
        case Outcome.Failed(PpeException reason) -> throw reason;
        case Outcome.Answered(EstimateResponse response) ->
            answers.add(response.getLatencyUs() / MICROSECONDS_PER_MILLISECOND);
      }
    }
    return answers;
  }

  private void noteWhatStandsOut(Calibration calibration) {
    calibration.outliers().forEach(this::outlier);
    double before = calibration.agreementBefore().meanError().orElseThrow();
    double leftOut = calibration.agreementLeftOut().meanError().orElseThrow();
    if (leftOut > before) {
      failures.note(
          file,
          "of rows left out the fit is off by %s, the constants before by %s: it takes more rows, or --fit with fewer constants"
              .formatted(Units.percent(leftOut), Units.percent(before)));
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
    failures.note(
        file,
        "line %d: %s is an outlier: measured %s, %s by what fits the others; it counts %s"
            .formatted(
                row.measurement().line(),
                row.measurement().model(),
                Units.TIME.format(row.measurement().milliseconds() * MICROSECONDS_PER_MILLISECOND),
                Units.TIME.format(row.after() * MICROSECONDS_PER_MILLISECOND),
                Units.percent(row.weight())));
  }
}
