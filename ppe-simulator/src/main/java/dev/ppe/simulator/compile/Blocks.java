package dev.ppe.simulator.compile;

import java.util.List;

/**
 * How a layer runs whose operands do not fit into the PE memories: in blocks of its PEs' rows,
 * small enough for a block's input, halo included, and its output to be there together. The seams
 * between blocks, whose windows reach into both, are passes of their own: so {@code blocks} blocks
 * pass {@code 2 blocks - 1} times over the weights, and weights that are not on the chip are
 * fetched as often, unless they stay while the blocks pass ({@link StreamOrder}). That is what
 * spilled convolutions cost on the part (docs/validation.md, five convolutions).
 *
 * <p>Where one row is too much, {@link WorkingSet} says what is cut next, and what cannot be.
 */
public final class Blocks {
  private Blocks() {}

  /**
   * How often a layer passes over its weights: once where all of it fits.
   *
   * @throws CompilationException if the layer cannot be cut into blocks that fit, or into so many
   *     only that no program could have them
   */
  public static int passes(Mapping mapping, int index) {
    return overflows(mapping, index) ? passesOf(mapping, index) : 1;
  }

  private static boolean overflows(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    List<Boolean> overflowing = mapping.memory().overflowing();
    return layer.inputs().stream().anyMatch(overflowing::get)
        || layer.outputs().stream().anyMatch(overflowing::get);
  }

  private static int passesOf(Mapping mapping, int index) {
    long blocks = WorkingSet.of(mapping, index).blocks(mapping.accelerator().peMemory().bytes());
    return ProgramBuilder.bounded(mapping.layers().get(index), 2 * blocks - 1);
  }
}
