package dev.ppe.nas.evaluate;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.util.EnumMap;
import java.util.Map;

/** What can be counted of a network, without asking anybody. */
final class Counts {
  private Counts() {}

  /** MACs, parameters and the bytes that they are stored in. */
  static Metrics of(Graph graph) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.MODEL_SIZE, (double) modelSize(graph));
    values.put(Metric.MACS, (double) Workload.macs(graph));
    values.put(Metric.PARAMETERS, (double) Workload.parameters(graph));
    return new Metrics(values);
  }

  private static long modelSize(Graph graph) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.isParameter())
        .mapToLong(tensor -> tensor.bytes())
        .sum();
  }
}
