package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import java.util.List;

/**
 * The joined network is the same one: inputs, outputs, multiply-accumulates and parameters stay,
 * and every node finds its operands made.
 */
final class JoinVerifier implements Verification.Verifier {
  @Override
  public void verify(Compilation known, Faults faults) {
    Graph before = known.source().graph();
    Graph after = known.graph();
    faults.unless(
        tensors(before, before.inputs()).equals(tensors(after, after.inputs())),
        () -> "the inputs are others");
    faults.unless(
        tensors(before, before.outputs()).equals(tensors(after, after.outputs())),
        () -> "the outputs are others");
    faults.unlessEqual(Workload.macs(after), Workload.macs(before), () -> "multiply-accumulates");
    faults.unlessEqual(Workload.parameters(after), Workload.parameters(before), () -> "parameters");
    faults.unless(
        after.nodes().size() <= before.nodes().size(), () -> "there are more nodes than before");
    order(after, faults);
  }

  private static List<Tensor> tensors(Graph graph, List<Integer> indices) {
    return indices.stream().map(graph::tensor).toList();
  }

  private static void order(Graph graph, Faults faults) {
    boolean[] there = new boolean[graph.tensors().size()];
    graph.inputs().forEach(input -> there[input] = true);
    for (Node node : graph.nodes()) {
      for (int input : node.inputs()) {
        boolean made =
            input == Node.ABSENT
                || there[input]
                || graph.tensor(input).role() != Tensor.Role.ACTIVATION;
        faults.unless(
            made,
            () ->
                "node \"%s\" comes before what makes \"%s\""
                    .formatted(node.name(), graph.tensor(input).name()));
      }
      for (int output : node.outputs()) {
        faults.unless(
            !there[output], () -> "\"%s\" is made twice".formatted(graph.tensor(output).name()));
        there[output] = true;
      }
    }
  }
}
