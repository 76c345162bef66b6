package dev.ppe.client.report;

import dev.ppe.simulator.graph.Graph;
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
 * @param network what was asked about; empty where nobody asked for it, or only the server
 *     understands it
 */
public record Answer(
    EstimateResponse response,
    List<String> inputs,
    Optional<EstimateResponse> alone,
    Optional<Graph> network) {
  public Answer {
    inputs = List.copyOf(inputs);
  }

  /** An answer without its network. */
  public Answer(EstimateResponse response, List<String> inputs, Optional<EstimateResponse> alone) {
    this(response, inputs, alone, Optional.empty());
  }

  /** The same about the question, with another answer. */
  public Answer with(EstimateResponse other) {
    return new Answer(other, inputs, alone, network);
  }
}
