package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Phase 3: how each layer's output is cut over the PEs, by a {@link TilingSearch}.
 *
 * <p>Layers of one shape are cut once, as far as the {@link TilingMemo} reaches: networks repeat
 * themselves, and candidates of one search each other. Where the hardware leaves a single way to
 * cut, working out what it costs takes less time than looking it up, and no memo is asked.
 */
final class Tiler {
  private final Accelerator accelerator;
  private final TilingSearch search;
  private final TilingMemo.Tilings known;

  Tiler(Accelerator accelerator, TilingMemo memo) {
    TilingHardware hardware = TilingHardware.of(accelerator);
    this.accelerator = accelerator;
    this.search = new TilingSearch(hardware);
    this.known = (search.hasChoice() ? memo : TilingMemo.NONE).on(hardware);
  }

  /** The best cuts of all layers; none on the host. */
  static List<Optional<Tiling>> tile(
      Graph graph,
      List<Layer> layers,
      Accelerator accelerator,
      TilingMemo memo,
      Interruption interruption) {
    Tiler tiler = new Tiler(accelerator, memo);
    List<Optional<Tiling>> tilings = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      interruption.check();
      tilings.add(layer.onAccelerator() ? Optional.of(tiler.tile(graph, layer)) : Optional.empty());
    }
    return tilings;
  }

  /** The best cut of a layer that the accelerator runs. */
  Tiling tile(Graph graph, Layer layer) {
    return TilingProblem.of(graph, layer, accelerator)
        .map(problem -> known.best(problem, search::best))
        .orElse(Tiling.VIEW);
  }

  /** All cuts that come into question, the best first; none where there is nothing to do. */
  List<Tiling> candidates(Graph graph, Layer layer) {
    return TilingProblem.of(graph, layer, accelerator).map(search::all).orElseGet(List::of);
  }
}
