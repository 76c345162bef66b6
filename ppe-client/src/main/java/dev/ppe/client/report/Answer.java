package dev.ppe.client.report;

import dev.ppe.v1.EstimateResponse;
import java.util.List;

/**
 * An answer, with what a person wants to see of the question.
 *
 * @param response the answer
 * @param inputs the network's inputs, such as {@code 224x224x3 int8}; empty where nobody asked
 */
public record Answer(EstimateResponse response, List<String> inputs) {
  public Answer {
    inputs = List.copyOf(inputs);
  }
}
