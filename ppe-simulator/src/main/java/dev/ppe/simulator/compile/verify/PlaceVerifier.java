package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.PlacedNode;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.Arrays;

/**
 * Every node is placed once, after its producers, in the earliest stage that its place allows; host
 * and accelerator take turns, the host with a reason, and where the accelerator takes one
 * contiguous region it has one stage.
 */
final class PlaceVerifier implements Verification.Verifier {
  @Override
  public void verify(Compilation known, Faults faults) {
    Graph graph = known.graph();
    int[] times = new int[graph.nodes().size()];
    int[] stageOf = new int[graph.tensors().size()]; // of the node that makes a tensor
    Arrays.fill(stageOf, -1);
    boolean[] fromOutside = fromOutside(graph);
    int stage = 0;
    for (PlacedNode placed : known.placed()) {
      Node node = graph.nodes().get(placed.node());
      times[placed.node()]++;
      int latest = 0;
      for (int input : node.inputs()) {
        if (input != Node.ABSENT && !fromOutside[input]) {
          faults.unless(
              stageOf[input] >= 0,
              () ->
                  "node \"%s\" comes before what makes \"%s\""
                      .formatted(node.name(), graph.tensor(input).name()));
          latest = Math.max(latest, stageOf[input]);
        }
      }
      int before = stage;
      faults.unless(
          placed.stage() >= before,
          () ->
              "node \"%s\" of stage %d comes after stage %d"
                  .formatted(node.name(), placed.stage(), before));
      stage = placed.stage();
      place(known, placed, latest, faults);
      node.outputs().forEach(output -> stageOf[output] = placed.stage());
    }
    for (int i = 0; i < times.length; i++) {
      String name = graph.nodes().get(i).name();
      faults.unlessEqual(times[i], 1, () -> "times that node \"%s\" is placed".formatted(name));
    }
  }

  private static boolean[] fromOutside(Graph graph) {
    boolean[] result = new boolean[graph.tensors().size()];
    Arrays.fill(result, true);
    graph.nodes().forEach(node -> node.outputs().forEach(output -> result[output] = false));
    return result;
  }

  private static void place(Compilation known, PlacedNode placed, int latest, Faults faults) {
    String name = known.graph().nodes().get(placed.node()).name();
    boolean on = placed.placement().onAccelerator();
    int earliest = (latest % 2 == 1) == on ? latest : latest + 1;
    faults.unlessEqual(placed.stage(), earliest, () -> "stage of node \"%s\"".formatted(name));
    boolean reasoned =
        switch (placed.placement()) {
          case Placement.OnAccelerator a -> true;
          case Placement.OnHost host -> !host.reason().isBlank();
        };
    faults.unless(reasoned, () -> "node \"%s\" is on the host without a reason".formatted(name));
    faults.unless(
        !on || !known.accelerator().placement().contiguousRegion() || placed.stage() == 1,
        () -> "node \"%s\" is on the accelerator behind the one region".formatted(name));
  }
}
