package dev.ppe.scaling;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How a worker chooses the replicas that it connects to. */
public enum Subsetting {
  /** Each worker draws its own. */
  RANDOM,

  /**
   * Workers are numbered. Those of one round share one shuffled list of all replicas and cut it
   * among themselves, so that every round adds one connection to each replica.
   */
  DETERMINISTIC;

  /** The replicas of each worker: [workers][connections]; of a whole mesh all in the same order. */
  int[][] of(Scenario.Fleet fleet, SplittableRandom random) {
    if (fleet.connections() == fleet.replicas()) {
      int[][] mesh = new int[fleet.workers()][];
      Arrays.fill(mesh, identity(fleet.replicas()));
      return mesh;
    }
    return switch (this) {
      case RANDOM -> drawn(fleet, random);
      case DETERMINISTIC -> cut(fleet, random);
    };
  }

  private static int[][] drawn(Scenario.Fleet fleet, SplittableRandom random) {
    int[] all = identity(fleet.replicas());
    int[][] subsets = new int[fleet.workers()][fleet.connections()];
    for (int[] subset : subsets) {
      for (int i = 0; i < subset.length; i++) {
        swap(all, i, i + random.nextInt(all.length - i));
        subset[i] = all[i];
      }
    }
    return subsets;
  }

  private static int[][] cut(Scenario.Fleet fleet, SplittableRandom random) {
    int size = fleet.connections();
    int workersOfRound = fleet.replicas() / size;
    int[] shuffled = identity(fleet.replicas());
    int[][] subsets = new int[fleet.workers()][size];
    for (int worker = 0; worker < subsets.length; worker++) {
      int turn = worker % workersOfRound;
      if (turn == 0) {
        shuffle(shuffled, random);
      }
      System.arraycopy(shuffled, turn * size, subsets[worker], 0, size);
    }
    return subsets;
  }

  private static int[] identity(int length) {
    int[] numbers = new int[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = 0; i < numbers.length; i++) {
      swap(numbers, i, i + random.nextInt(numbers.length - i));
    }
  }

  private static void swap(int[] numbers, int a, int b) {
    int kept = numbers[a];
    numbers[a] = numbers[b];
    numbers[b] = kept;
  }
}
