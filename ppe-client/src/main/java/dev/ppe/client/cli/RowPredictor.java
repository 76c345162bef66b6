package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.simulator.calibration.Measurement;
import dev.ppe.simulator.calibration.Predictor;
import dev.ppe.simulator.calibration.Quantity;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.AcceleratorCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks what measured models take, here or on servers. */
final class RowPredictor {
  private static final double THOUSAND = 1e3; // us in a ms, uJ in a mJ

  private final PpeClient client;
  private final int width;

  /**
   * A predictor.
   *
   * @param client who answers
   * @param width how many questions are worth having under way at a time
   */
  RowPredictor(PpeClient client, int width) {
    this.client = client;
    this.width = width;
  }

  /** What became of a question: threads cannot throw to who asked. */
  sealed interface Outcome {
    record Answered(EstimateResponse response) implements Outcome {}

    record Failed(PpeException reason) implements Outcome {}
  }

  /** In the order of the requests. */
  List<Outcome> ask(List<EstimateRequest> requests) {
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

  /**
   * Of the figures of rows.
   *
   * @param requests by the rows' lines
   */
  Predictor of(List<Measurement> rows, Map<Integer, EstimateRequest> requests) {
    return questions -> {
      List<Outcome> outcomes =
          ask(
              questions.stream()
                  .map(
                      question ->
                          on(
                              requests.getOrDefault(
                                  rows.get(question.row()).line(),
                                  EstimateRequest.getDefaultInstance()),
                              question.accelerator()))
                  .toList());
      List<Double> answers = new ArrayList<>();
      for (int i = 0; i < outcomes.size(); i++) {
        switch (outcomes.get(i)) {
          case Outcome.Failed(PpeException reason) -> throw reason;
          case Outcome.Answered(EstimateResponse response) ->
              answers.add(figure(response, rows.get(questions.get(i).row()).quantity()));
        }
      }
      return answers;
    };
  }

  /** In the quantity's unit. */
  static double figure(EstimateResponse response, Quantity quantity) {
    return switch (quantity) {
      case LATENCY -> response.getLatencyUs() / THOUSAND;
      case ENERGY -> response.getEnergyUj() / THOUSAND;
    };
  }

  static EstimateRequest on(EstimateRequest request, Accelerator accelerator) {
    return request.toBuilder().setAcceleratorSpec(AcceleratorCodec.encode(accelerator)).build();
  }
}
