package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Names;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Phase 1: accelerator or host, node by node, with the reason for every fallback.
 *
 * <p>A node's stage is one more than the latest of its producers' if it runs elsewhere than that
 * producer. Where the accelerator takes one contiguous region, stage 1 is that region: host
 * operators may stand before it (quantising a float input), and everything after the first fallback
 * stays on the host. The result is ordered by stage, and by the canonical order within.
 */
final class Placer {
  private Placer() {}

  static List<PlacedNode> place(Graph graph, Accelerator accelerator, Interruption interruption) {
    int[] writer = new int[graph.tensors().size()];
    Arrays.fill(writer, Node.ABSENT);
    List<PlacedNode> placed = new ArrayList<>(graph.nodes().size());
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      int before = 0;
      int cause = Node.ABSENT;
      for (int input : node.inputs()) {
        if (input != Node.ABSENT && writer[input] != Node.ABSENT) {
          int stage = placed.get(writer[input]).stage();
          if (stage > before) {
            before = stage;
            cause = writer[input];
          }
        }
      }
      placed.add(place(graph, accelerator, i, before, cause));
      for (int output : node.outputs()) {
        writer[output] = i;
      }
    }
    placed.sort(
        Comparator.comparingInt(PlacedNode::stage)); // stable: canonical order within a stage
    return List.copyOf(placed);
  }

  private static PlacedNode place(
      Graph graph, Accelerator accelerator, int index, int before, int cause) {
    Optional<String> obstacle =
        OperatorSupport.obstacle(graph, graph.nodes().get(index), accelerator);
    boolean regionClosed = accelerator.placement().contiguousRegion() && before > 1;
    if (obstacle.isEmpty() && !regionClosed) {
      return new PlacedNode(
          index, new Placement.OnAccelerator(), before % 2 == 1 ? before : before + 1);
    }
    String reason =
        obstacle.orElseGet(
            () ->
                "comes after \"%s\" on the host, and only one contiguous region goes to the accelerator"
                    .formatted(Names.brief(graph.nodes().get(cause).name())));
    return new PlacedNode(
        index, new Placement.OnHost(reason), before % 2 == 0 ? before : before + 1);
  }
}
