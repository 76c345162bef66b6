package dev.ppe.nas.block;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The blocks that are worth searching over at a stage of a network, and what they say about each
 * choice. A block is worth it if no other at this map and width has as many parameters, the measure
 * of what a block can learn, at clearly less latency.
 *
 * @param stage the stage's name in the search space, such as {@code g1}
 * @param size height and width of the stage's maps
 * @param kept the blocks, in the order of the sweep
 * @param seen how many were looked at
 */
public record StageChoices(String stage, int size, List<BlockCost> kept, int seen) {
  public StageChoices {
    kept = List.copyOf(kept);
  }

  /**
   * Filters the blocks of one map size.
   *
   * @param slack how much slower than the front a block may be, as a share: 0.1 is a tenth
   */
  public static StageChoices of(String stage, int size, Collection<BlockCost> costs, double slack) {
    List<BlockCost> here = costs.stream().filter(cost -> cost.block().size() == size).toList();
    List<BlockCost> kept = here.stream().filter(cost -> isWorthIt(cost, here, slack)).toList();
    return new StageChoices(stage, size, kept, here.size());
  }

  private static boolean isWorthIt(BlockCost cost, List<BlockCost> others, double slack) {
    return others.stream()
        .filter(other -> other.block().channels() == cost.block().channels())
        .noneMatch(
            other ->
                other.parameters() >= cost.parameters()
                    && other.latencyUs() * (1 + slack) < cost.latencyUs());
  }

  /** Kinds of blocks that are worth it. */
  public List<String> kinds() {
    return kept.stream()
        .map(cost -> cost.block().form())
        .distinct()
        .sorted()
        .map(BlockForm::word)
        .toList();
  }

  /** Kernels of those. */
  public SortedSet<Integer> kernels() {
    return figures(Block::kernel);
  }

  /** Expansions of those. */
  public SortedSet<Integer> expansions() {
    return figures(Block::expansion);
  }

  /** Group sizes of those that have groups. */
  public SortedSet<Integer> groupSizes() {
    SortedSet<Integer> sizes = figures(Block::groupSize);
    sizes.remove(0);
    return sizes;
  }

  private SortedSet<Integer> figures(Function<Block, Integer> figure) {
    TreeSet<Integer> figures = new TreeSet<>();
    kept.forEach(cost -> figures.add(figure.apply(cost.block())));
    return figures;
  }
}
