package dev.ppe.simulator.format.keras;

import dev.ppe.simulator.graph.DeadNodes;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a network that is trained: a detector's selection of boxes, which the converter adds
 * for deployment, gives way to the boxes and scores that it reads.
 */
final class Training {
  private static final Operator SELECTION = new Operator.Custom("TFLite_Detection_PostProcess");
  private static final int PREDICTIONS = 2;

  private Training() {}

  static Graph part(Graph graph) {
    List<Integer> outputs = new ArrayList<>();
    for (int output : graph.outputs()) {
      predictions(graph, output).stream()
          .filter(prediction -> !outputs.contains(prediction))
          .forEach(outputs::add);
    }
    return outputs.equals(graph.outputs())
        ? graph
        : DeadNodes.drop(
            new Graph(graph.name(), graph.tensors(), graph.nodes(), graph.inputs(), outputs));
  }

  /** What stands for an output of the deployed network. */
  private static List<Integer> predictions(Graph graph, int output) {
    for (Node node : graph.nodes()) {
      if (node.operator().equals(SELECTION)
          && node.outputs().contains(output)
          && node.inputs().size() >= PREDICTIONS) {
        return node.inputs().subList(0, PREDICTIONS);
      }
    }
    return List.of(output);
  }
}
