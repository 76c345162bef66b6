package dev.ppe.simulator.compile.verify;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Extent;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.LoopNest;
import dev.ppe.simulator.compile.Split;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import java.util.Optional;

/**
 * Each layer on the accelerator is cut into no more parts than there are PEs, which cover the
 * output and none of which is empty; the loops that are cut multiply as often as the network does,
 * and no PE computes faster than its cores can.
 */
final class TileVerifier implements Verification.Verifier {
  @Override
  public void verify(Compilation known, Faults faults) {
    faults.unlessEqual(known.tilings().size(), known.layers().size(), () -> "tilings");
    for (int i = 0; i < Math.min(known.tilings().size(), known.layers().size()); i++) {
      Layer layer = known.layers().get(i);
      Optional<Tiling> tiling = known.tilings().get(i);
      faults.unless(
          tiling.isPresent() == layer.onAccelerator(),
          () ->
              "layer \"%s\" is %s"
                  .formatted(layer.name(), tiling.isPresent() ? "cut on the host" : "not cut"));
      tiling.filter(cut -> !cut.isView()).ifPresent(cut -> verify(known, layer, cut, faults));
    }
  }

  private static void verify(Compilation known, Layer layer, Tiling tiling, Faults faults) {
    Graph graph = known.graph();
    Accelerator accelerator = known.accelerator();
    Split split = tiling.split();
    faults.unless(
        split.parts() <= accelerator.grid().pes(),
        () ->
            "layer \"%s\" is cut into %d parts for %d PEs"
                .formatted(layer.name(), split.parts(), accelerator.grid().pes()));
    Extent whole = Extent.of(graph, layer);
    Extent part = whole.part(split);
    covers(layer, "rows", split.rows(), part.rows(), whole.rows(), faults);
    covers(layer, "columns", split.columns(), part.columns(), whole.columns(), faults);
    covers(layer, "channels", split.channels(), part.channels(), whole.channels(), faults);
    long macs =
        layer.nodes().stream()
            .mapToLong(node -> Workload.macs(graph, graph.nodes().get(node)))
            .sum();
    faults.unlessEqual(
        LoopNest.of(graph, graph.nodes().get(layer.main())).map(LoopNest::macs).orElse(0L),
        macs,
        () -> "multiply-accumulates of layer \"%s\"".formatted(layer.name()));
    long most = most(tiling.arrayCycles() * split.parts(), accelerator.core());
    faults.unless(
        most >= macs,
        () ->
            "layer \"%s\" multiplies %d times where its cores can %d times"
                .formatted(layer.name(), macs, most));
    faults.unless(
        tiling.computeCycles() > 0 && tiling.waitingCycles() >= 0 && tiling.networkCycles() >= 0,
        () -> "layer \"%s\" takes no time".formatted(layer.name()));
    faults.unless(
        (tiling.adding().cycles() > 0) == layer.addend(graph).isPresent(),
        () -> "layer \"%s\" adds for nothing, or in no time".formatted(layer.name()));
    faults.unless(
        (tiling.loading().bytes() > 0) == hasTwoActivations(graph, layer),
        () -> "layer \"%s\" loads a factor that it has not, or none".formatted(layer.name()));
    faults.unless(
        tiling.busyCycles() >= Math.max(tiling.arrayCycles(), tiling.vectorCycles()),
        () -> "layer \"%s\" is done before its cores are".formatted(layer.name()));
  }

  /** Whether the second factor of a product is an activation; that of an LSTM never is. */
  private static boolean hasTwoActivations(Graph graph, Layer layer) {
    Node main = graph.nodes().get(layer.main());
    return LoopNest.of(graph, main).isPresent()
        && main.hasInput(1)
        && !graph.input(main, 1).isParameter()
        && graph.input(main, 1).bytes() > 0;
  }

  /** Multiply-accumulates of one PE in so many cycles: one for each word, lane and input. */
  private static long most(long cycles, Core core) {
    return switch (core) {
      case Core.Simd simd -> cycles * simd.macsPerCycle() * simd.wordsInFourCycles() / 4;
      case Core.Systolic systolic -> cycles * systolic.macsPerCycle();
    };
  }

  /** Parts that begin inside the whole, and the last of which ends it. */
  private static void covers(
      Layer layer, String what, int parts, long part, long whole, Faults faults) {
    faults.unless(
        parts >= 1 && parts * part >= whole && (parts - 1) * part < whole,
        () ->
            "layer \"%s\" has %d %s in %d parts of %d"
                .formatted(layer.name(), whole, what, parts, part));
  }
}
