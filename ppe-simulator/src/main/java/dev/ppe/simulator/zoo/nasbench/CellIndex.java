package dev.ppe.simulator.zoo.nasbench;

/**
 * The benchmark's numbering: all cells in lexicographic order of their six operations, shuffled
 * once by Python's generator with the seed 88.
 */
final class CellIndex {
  static final int COUNT = 15_625; // 5 operations on each of 6 edges
  private static final int SEED = 88;
  private static final int[] RANKS = shuffledRanks();
  private static final int[] INDICES = inverse(RANKS);

  private CellIndex() {}

  /** The place in lexicographic order of the cell with this index. */
  static int rank(int index) {
    return RANKS[index];
  }

  static int index(int rank) {
    return INDICES[rank];
  }

  private static int[] shuffledRanks() {
    int[] ranks = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      ranks[i] = i;
    }
    new MersenneTwister(SEED).shuffle(ranks);
    return ranks;
  }

  private static int[] inverse(int[] permutation) {
    int[] result = new int[permutation.length];
    for (int i = 0; i < permutation.length; i++) {
      result[permutation[i]] = i;
    }
    return result;
  }
}
