package dev.ppe.simulator.report;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;

/** Multiply-accumulates, each as often as it takes cycles, as shares of those possible. */
record Utilization(Mapping mapping) {
  /** Multiply-accumulates of a layer. */
  long macs(Layer layer) {
    Graph graph = mapping.graph();
    return layer.nodes().stream()
        .mapToLong(node -> Workload.macs(graph, graph.nodes().get(node)))
        .sum();
  }

  /** Of a layer that holds the cores for so many cycles; 0 on the host. */
  double of(Layer layer, long cycles) {
    return layer.onAccelerator() ? share(macsAtFullRate(layer), cycles) : 0;
  }

  /** Of all layers on the accelerator, which takes so many cycles for them. */
  double ofAll(long cycles, Interruption interruption) {
    long macs = 0;
    for (int i = 0; i < mapping.layers().size(); i++) {
      interruption.checkAt(i);
      Layer layer = mapping.layers().get(i);
      macs += layer.onAccelerator() ? macsAtFullRate(layer) : 0;
    }
    return share(macs, cycles);
  }

  private long macsAtFullRate(Layer layer) {
    return macs(layer) * mapping.macCycles(layer);
  }

  private double share(long macs, long cycles) {
    Accelerator accelerator = mapping.accelerator();
    double possible = accelerator.peakMacsPerCycle() * accelerator.core().wordsInFourCycles() / 4.0;
    return cycles == 0 ? 0 : macs / (cycles * possible);
  }
}
