package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.data.Row;

/**
 * A measured row and what the simulator says of its network.
 *
 * @param label what people call the row
 * @param origin where the network is from
 */
public record EvaluatedRow(
    Row row, String label, String origin, Graph graph, Evaluation evaluation) {
  /** Bytes that an inference cannot do without: every tensor of the network once. */
  public long bytes() {
    return graph.tensors().stream().mapToLong(Tensor::bytes).sum();
  }

  /** How many operators have weights. */
  public long weightedLayers() {
    return graph.nodes().stream()
        .filter(
            node ->
                node.inputs().stream()
                    .anyMatch(index -> index >= 0 && graph.tensor(index).isParameter()))
        .count();
  }
}
