package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.PlacedNode;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every node is in one layer, which runs where and when its nodes do; a layer reads what its nodes
 * read of others, which earlier layers have made, and nobody misses what stays inside it.
 */
final class FuseVerifier implements Verification.Verifier {
  private static final int NOBODY = -1;

  @Override
  public void verify(Compilation known, Faults faults) {
    Graph graph = known.graph();
    PlacedNode[] placed = new PlacedNode[graph.nodes().size()];
    known.placed().forEach(node -> placed[node.node()] = node);
    int[] layerOf = new int[graph.nodes().size()];
    Arrays.fill(layerOf, NOBODY);
    for (int index = 0; index < known.layers().size(); index++) {
      Layer layer = known.layers().get(index);
      for (int node : layer.nodes()) {
        faults.unless(
            layerOf[node] == NOBODY,
            () -> "node \"%s\" is in two layers".formatted(graph.nodes().get(node).name()));
        layerOf[node] = index;
        faults.unless(
            placed[node].placement().onAccelerator() == layer.onAccelerator()
                && placed[node].stage() == layer.stage(),
            () ->
                "node \"%s\" runs elsewhere than its layer \"%s\""
                    .formatted(graph.nodes().get(node).name(), layer.name()));
      }
      faults.unless(
          layer.nodes().contains(layer.main()),
          () -> "layer \"%s\" has its main node in another".formatted(layer.name()));
      faults.unless(
          layer.onAccelerator() || layer.nodes().size() == 1,
          () -> "layer \"%s\" is fused on the host".formatted(layer.name()));
      operands(graph, layer, faults);
    }
    for (int node = 0; node < layerOf.length; node++) {
      String name = graph.nodes().get(node).name();
      faults.unless(layerOf[node] != NOBODY, () -> "node \"%s\" is in no layer".formatted(name));
    }
    order(known, faults);
  }

  private static void operands(Graph graph, Layer layer, Faults faults) {
    Set<Integer> made = new HashSet<>();
    Set<Integer> read = new LinkedHashSet<>();
    for (int node : layer.nodes()) {
      made.addAll(graph.nodes().get(node).outputs());
      read.addAll(graph.nodes().get(node).inputs());
    }
    read.remove(Node.ABSENT);
    read.removeAll(made);
    List<Integer> stored = read.stream().filter(t -> graph.tensor(t).isParameter()).toList();
    List<Integer> others = read.stream().filter(t -> !graph.tensor(t).isParameter()).toList();
    faults.unless(
        layer.inputs().equals(others) && layer.parameters().equals(stored),
        () -> "layer \"%s\" reads something else than its nodes".formatted(layer.name()));
    faults.unless(
        layer.outputs().equals(graph.nodes().get(layer.nodes().getLast()).outputs()),
        () -> "layer \"%s\" makes something else than its last node".formatted(layer.name()));
  }

  /** Layers find their operands made, by a layer that gives them out. */
  private static void order(Compilation known, Faults faults) {
    Graph graph = known.graph();
    boolean[] there = new boolean[graph.tensors().size()];
    Arrays.fill(there, true);
    graph.nodes().forEach(node -> node.outputs().forEach(output -> there[output] = false));
    int stage = 0;
    for (Layer layer : known.layers()) {
      for (int input : layer.inputs()) {
        faults.unless(
            there[input],
            () ->
                "layer \"%s\" comes before what makes \"%s\""
                    .formatted(layer.name(), graph.tensor(input).name()));
      }
      int before = stage;
      faults.unless(
          layer.stage() >= before,
          () ->
              "layer \"%s\" of stage %d comes after stage %d"
                  .formatted(layer.name(), layer.stage(), before));
      stage = layer.stage();
      layer.outputs().forEach(output -> there[output] = true);
    }
    for (int output : graph.outputs()) {
      faults.unless(
          there[output],
          () -> "output \"%s\" is left inside a layer".formatted(graph.tensor(output).name()));
    }
  }
}
