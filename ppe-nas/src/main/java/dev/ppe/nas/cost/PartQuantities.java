package dev.ppe.nas.cost;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What can be counted of the parts of a space's networks without asking anybody. */
final class PartQuantities {
  private PartQuantities() {}

  /** MACs, bytes of parameters and bytes of activations written. */
  static List<Quantity> of(SpaceParts parts) {
    if (parts.layers().stream().allMatch(Optional::isEmpty)) {
      return List.of();
    }
    double[] macs = new double[parts.layout().rows()];
    double[] parameters = new double[macs.length];
    double[] activations = new double[macs.length];
    parts.forEachNetwork(
        (row, network) -> {
          macs[row] = Workload.macs(network);
          parameters[row] = bytes(network, tensor -> tensor.isParameter() ? tensor.bytes() : 0);
          activations[row] = bytes(network, tensor -> tensor.isParameter() ? 0 : tensor.bytes());
        });
    return List.of(
        new Quantity("macs", macs),
        new Quantity("parameter_bytes", parameters),
        new Quantity("activation_bytes", activations));
  }

  private static double bytes(Graph network, ToDoubleFunction<Tensor> of) {
    return network.tensors().stream().mapToDouble(of).sum();
  }
}
