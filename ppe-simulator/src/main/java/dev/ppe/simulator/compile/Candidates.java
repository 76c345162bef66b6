package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.List;

/** The ways in which layers could have been cut: what {@link Tiler} chose from. */
public final class Candidates {
  private final Graph graph;
  private final Tiler tiler;

  /** For layers of a graph on an accelerator. */
  public Candidates(Graph graph, Accelerator accelerator) {
    this.graph = graph;
    this.tiler = new Tiler(accelerator, TilingMemo.PER_EVALUATION);
  }

  /** All cuts of a layer on the accelerator, the chosen one first; none of a view. */
  public List<Tiling> of(Layer layer) {
    return tiler.candidates(graph, layer);
  }
}
