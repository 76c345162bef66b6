package dev.ppe.wire;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The same network, written down otherwise. */
final class Copies {
  private Copies() {}

  /** Other names, and nodes and tensors in another order. */
  static Graph of(Graph graph, long seed) {
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, graph.tensors().size()).forEach(order::add);
    Collections.shuffle(order, random);
    int[] place = new int[order.size()];
    List<Tensor> tensors = new ArrayList<>();
    for (int old : order) {
      Tensor t = graph.tensor(old);
      place[old] = tensors.size();
      tensors.add(new Tensor("t/" + old, t.shape(), t.type(), t.quantization(), t.role()));
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              "copy of " + node.name() + "\u001a" + random.nextInt(100) + "\u001a",
              node.operator(),
              moved(node.inputs(), place),
              moved(node.outputs(), place)));
    }
    Collections.shuffle(nodes, random);
    return new Graph(
        "copy of " + graph.name(),
        tensors,
        nodes,
        moved(graph.inputs(), place),
        moved(graph.outputs(), place));
  }

  private static List<Integer> moved(List<Integer> indices, int[] place) {
    return indices.stream().map(i -> i == Node.ABSENT ? Node.ABSENT : place[i]).toList();
  }
}
