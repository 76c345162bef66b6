package dev.ppe.nas.quality;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;

/**
 * The size of a network in the place of its quality, to try searches out: the mean of the decimal
 * logarithms of its multiply-accumulates and of its parameters. Within a family larger networks
 * tend to be more accurate; how much, this does not say, and between families it says nothing.
 */
public final class CapacityProxy implements QualitySource {
  @Override
  public String name() {
    return "capacity proxy (size of the network, not its accuracy)";
  }

  @Override
  public Quality of(Candidate candidate) {
    Graph graph = candidate.graph();
    double macs = Math.max(1, Workload.macs(graph));
    double parameters = Math.max(1, Workload.parameters(graph));
    return new Quality.Known((StrictMath.log10(macs) + StrictMath.log10(parameters)) / 2);
  }
}
