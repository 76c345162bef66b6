package dev.ppe.client.report;

import dev.ppe.v1.EstimateResponse;
import java.util.List;
import java.util.Optional;

/**
 * An answer, with what a person wants to see of the question.
 *
 * @param response the answer
 * @param inputs the network's inputs, such as {@code 224x224x3 int8}; empty where nobody asked
 * @param alone what the answer would be if the model had the chip for itself; empty if it has, or
 *     where nobody asked
 */
public record Answer(
    EstimateResponse response, List<String> inputs, Optional<EstimateResponse> alone) {
  public Answer {
    inputs = List.copyOf(inputs);
  }
}
