package dev.ppe.simulator.report;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network, and what it costs on every machine that it has been tried on. Machines that are made
 * better in one way and in another have the machine before in common, and it is evaluated once.
 */
final class TriedNetwork {
  private final CanonicalGraph network;
  private final String name;
  private final Map<Accelerator, Costs> known = new ConcurrentHashMap<>();

  TriedNetwork(Graph graph) {
    this.network = CanonicalGraph.of(graph);
    this.name = graph.name();
  }

  /**
   * What properties speak of. Whole evaluations of thousands of machines would not fit into memory.
   *
   * @param layers how many the answer has
   */
  record Costs(long cycles, double latencyUs, int layers, MemoryReport memory) {}

  Costs on(AcceleratorBuilder accelerator) {
    return known.computeIfAbsent(accelerator.build(), this::evaluated);
  }

  private Costs evaluated(Accelerator accelerator) {
    Evaluation evaluation = Evaluate.on(accelerator, network);
    return new Costs(
        evaluation.time().total(),
        evaluation.latencyUs(),
        evaluation.layers().size(),
        evaluation.memory());
  }

  @Override
  public String toString() {
    return name;
  }
}
