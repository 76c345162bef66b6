package dev.ppe.client.cli;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.v1.EstimateRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The inputs of a network in a few words; answers do not hold them. */
final class Inputs {
  private static final int MOST = 3;

  private Inputs() {}

  /** For example {@code 224x224x3 int8}; empty for a model that only the server understands. */
  static List<String> describe(EstimateRequest request) {
    return Models.readHere(request).map(Inputs::describe).orElse(List.of());
  }

  /** The same of a network that is read already. */
  static List<String> describe(Graph graph) {
    List<String> inputs = new ArrayList<>();
    for (int input : graph.inputs().stream().limit(MOST).toList()) {
      Tensor tensor = graph.tensor(input);
      inputs.add(withoutBatchOfOne(tensor.shape()) + " " + type(tensor));
    }
    if (graph.inputs().size() > MOST) {
      inputs.add("%d more inputs".formatted(graph.inputs().size() - MOST));
    }
    return inputs;
  }

  private static String withoutBatchOfOne(Shape shape) {
    return shape.rank() > 1 && shape.dim(0) == 1
        ? shape.toString().substring("1x".length())
        : shape.toString();
  }

  private static String type(Tensor tensor) {
    return tensor.type().name().toLowerCase(Locale.ROOT);
  }
}
