package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Candidates;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Extent;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Cut;
import dev.ppe.simulator.compile.explain.ExplainedLayer.Passes;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.job.LoopOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says of each layer how it is cut, what bounds it, how often it passes over its weights, and why.
 */
final class Layers {
  private final Compilation known;
  private final Candidates candidates;

  private Layers(Compilation known) {
    this.known = known;
    this.candidates = new Candidates(known.graph(), known.accelerator());
  }

  static List<ExplainedLayer> of(Compilation known) {
    Layers layers = new Layers(known);
    List<ExplainedLayer> result = new ArrayList<>(known.layers().size());
    for (int index = 0; index < known.layers().size(); index++) {
      result.add(layers.layer(index));
    }
    return List.copyOf(result);
  }

  private ExplainedLayer layer(int index) {
    Layer layer = known.layers().get(index);
    Optional<Tiling> tiling =
        known.tilings().isEmpty() ? Optional.empty() : known.tilings().get(index);
    return new ExplainedLayer(
        layer.name(),
        layer.kind(),
        layer.nodes(),
        layer.onAccelerator(),
        layer.stage(),
        layer.nodes().stream()
            .mapToLong(node -> Workload.macs(known.graph(), known.graph().nodes().get(node)))
            .sum(),
        tiling.map(cut -> cut(layer, cut)),
        layer.onAccelerator() ? known.mapping().map(mapping -> passes(index)) : Optional.empty());
  }

  private Cut cut(Layer layer, Tiling tiling) {
    Extent whole = Extent.of(known.graph(), layer);
    if (tiling.isView()) {
      return new Cut(tiling, whole, tiling.bound(), 1, "nothing to do: the same bytes");
    }
    List<Tiling> others = candidates.of(layer);
    List<String> different = others.stream().map(Tiling::text).distinct().toList();
    String why =
        switch (known.accelerator().grid().split()) {
          case SPATIAL -> spatial(whole);
          case ANY ->
              others.stream()
                  .filter(other -> !other.text().equals(tiling.text()))
                  .findFirst()
                  .map(next -> fastest(tiling, next, different.size()))
                  .orElse("nothing to share out");
        };
    return new Cut(tiling, whole.part(tiling.split()), tiling.bound(), different.size(), why);
  }

  private static String spatial(Extent whole) {
    if (whole.rows() * whole.columns() == 1) {
      return "one position: its channels over all PEs";
    } else if (whole.columns() == 1) {
      return "rows over all PEs";
    } else if (whole.rows() == 1) {
      return "columns over all PEs";
    } else {
      return "rows and columns over the grid's";
    }
  }

  private static String fastest(Tiling tiling, Tiling next, int cuts) {
    String other = next.text();
    if (next.totalCycles() > tiling.totalCycles()) {
      double more = 100.0 * (next.totalCycles() - tiling.totalCycles()) / tiling.totalCycles();
      return String.format(
          Locale.ROOT,
          "fastest of %d cuts; next %s takes %s %% longer",
          cuts,
          other,
          more < 10 ? String.format(Locale.ROOT, "%.1f", more) : Math.round(more));
    }
    boolean lessBetweenPes = next.networkBytes() > tiling.networkBytes();
    boolean lessWeights = next.parameterReadBytes() > tiling.parameterReadBytes();
    boolean lessReads = next.peMemoryReadBytes() > tiling.peMemoryReadBytes();
    String advantage =
        lessBetweenPes
            ? "with fewer bytes between PEs"
            : lessWeights
                ? "with fewer weights taken in"
                : lessReads ? "with fewer reads" : "and the first of equals";
    return "one of the fastest of %d cuts; as %s, %s".formatted(cuts, other, advantage);
  }

  private Passes passes(int index) {
    dev.ppe.simulator.compile.Passes work = known.mapping().orElseThrow().passes(index);
    int count = work.passes();
    if (count == 1) {
      return new Passes(1, "operands fit into PE memory");
    }
    String blocks =
        "operands overflow PE memory: %d blocks and the seams between".formatted((count + 1) / 2);
    String order =
        work.order() == LoopOrder.ACTIVATIONS_OUTER
            ? ""
            : work.rounds() == 1
                ? "; parameters stay meanwhile"
                : "; in %d rounds, in each of which a part of the parameters stays"
                    .formatted(work.rounds());
    return new Passes(work.turns(), blocks + order);
  }
}
