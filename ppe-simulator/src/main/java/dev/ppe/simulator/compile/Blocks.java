package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import java.util.List;
import java.util.Optional;

/**
 * How a layer runs whose operands do not fit into the PE memories: in blocks of its PEs' rows,
 * small enough for a block's input, halo included, and its output to be there together. The seams
 * between blocks, whose windows reach into both, are passes of their own: so {@code blocks} blocks
 * pass {@code 2 blocks - 1} times over the weights, and weights that are not on the chip are
 * fetched as often. That is what spilled convolutions cost on the part (docs/validation.md, five
 * convolutions).
 */
public final class Blocks {
  /**
   * Beyond so many passes a layer's are merged, and weights that are not on the chip are fetched so
   * often only. No network of the zoo has more than 33.
   */
  public static final int MAX_PASSES = 64;

  private Blocks() {}

  /** How often a layer passes over its weights: once where all of it fits. */
  public static int passes(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    List<Boolean> overflowing = mapping.memory().overflowing();
    boolean fits =
        layer.inputs().stream().noneMatch(overflowing::get)
            && layer.outputs().stream().noneMatch(overflowing::get);
    return fits ? 1 : Math.min(MAX_PASSES, 2 * blocks(mapping, layer, index) - 1);
  }

  private static int blocks(Mapping mapping, Layer layer, int index) {
    Graph graph = mapping.graph();
    Node node = graph.nodes().get(layer.main());
    Geometry geometry = Geometry.of(graph, node);
    Optional<Tiling> tiling = mapping.tilings().get(index);
    Split split = tiling.map(Tiling::split).orElse(Split.WHOLE);
    long rows = Math.ceilDiv(geometry.rows(), split.rows());
    long columns = Math.ceilDiv(geometry.columns(), split.columns());
    long channels = Math.ceilDiv(geometry.channels(), split.channels());
    int bits = graph.tensor(layer.outputs().getFirst()).type().bits();
    long added = layer.inputs().stream().filter(i -> layer.isOnlyAdded(graph, i)).count();
    long operands = Math.max(1, layer.inputs().size() - added);
    long most = Math.min(rows, MAX_PASSES);
    for (int blocks = 1; blocks < most; blocks++) {
      long blockRows = Math.ceilDiv(rows, (long) blocks);
      long elements =
          operands * geometry.region(blockRows, columns)
              + (1 + added) * blockRows * columns * channels;
      if (elements * bits / Byte.SIZE <= mapping.accelerator().peMemory().bytes()) {
        return blocks;
      }
    }
    return Math.toIntExact(most);
  }
}
