package dev.ppe.client.report.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Pairs the layers of two networks in their order: Needleman and Wunsch's global alignment (1970),
 * by what speaks for a pair ({@link Likeness}). A layer without a partner was inserted or removed.
 *
 * <p>What begins and ends alike is paired at once. Networks of thousands of layers that differ all
 * over are cut at layers that are the same in both and in either alone of their like (as in
 * patience diff), and parts that are too large even then are not paired.
 */
final class Alignment {
  private static final int MOST_CELLS = 1 << 24;
  private static final byte BOTH = 0;
  private static final byte FIRST = 1;
  private static final byte SECOND = 2;

  /**
   * What a layer is known by.
   *
   * @param kind with what is fused into it, {@code conv+relu}
   * @param shape of its result; empty where it is not known
   */
  record Key(String name, String kind, String shape, long macs) {}

  /** Indices of partners; one of them is empty where there is none. */
  record Match(OptionalInt first, OptionalInt second) {}

  private final List<Key> first;
  private final List<Key> second;
  private final List<Match> matches = new ArrayList<>();

  private Alignment(List<Key> first, List<Key> second) {
    this.first = first;
    this.second = second;
  }

  /** All layers of both, in an order that is both networks'. */
  static List<Match> of(List<Key> first, List<Key> second) {
    Alignment alignment = new Alignment(first, second);
    alignment.align(0, first.size(), 0, second.size());
    return List.copyOf(alignment.matches);
  }

  private void align(int from1, int to1, int from2, int to2) {
    int start1 = from1;
    int start2 = from2;
    while (start1 < to1 && start2 < to2 && first.get(start1).equals(second.get(start2))) {
      both(start1++, start2++);
    }
    int end1 = to1;
    int end2 = to2;
    while (end1 > start1 && end2 > start2 && first.get(end1 - 1).equals(second.get(end2 - 1))) {
      end1--;
      end2--;
    }
    middle(start1, end1, start2, end2);
    for (int i = 0; end1 + i < to1; i++) {
      both(end1 + i, end2 + i);
    }
  }

  private void middle(int from1, int to1, int from2, int to2) {
    if ((long) (to1 - from1) * (to2 - from2) <= MOST_CELLS) {
      dynamic(from1, to1, from2, to2);
      return;
    }
    List<int[]> anchors = anchors(from1, to1, from2, to2);
    if (anchors.isEmpty()) {
      alone(from1, to1, from2, to2);
      return;
    }
    int next1 = from1;
    int next2 = from2;
    for (int[] anchor : anchors) {
      align(next1, anchor[0], next2, anchor[1]);
      both(anchor[0], anchor[1]);
      next1 = anchor[0] + 1;
      next2 = anchor[1] + 1;
    }
    align(next1, to1, next2, to2);
  }

  private void alone(int from1, int to1, int from2, int to2) {
    for (int i = from1; i < to1; i++) {
      matches.add(new Match(OptionalInt.of(i), OptionalInt.empty()));
    }
    for (int i = from2; i < to2; i++) {
      matches.add(new Match(OptionalInt.empty(), OptionalInt.of(i)));
    }
  }

  private void both(int i, int j) {
    matches.add(new Match(OptionalInt.of(i), OptionalInt.of(j)));
  }

  /** The pairing of the largest sum of scores, from the end: a step for each pair of layers. */
  private void dynamic(int from1, int to1, int from2, int to2) {
    int rows = to1 - from1;
    int columns = to2 - from2;
    byte[][] steps = new byte[rows][columns];
    int[] below = new int[columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      int[] row = new int[columns + 1];
      for (int j = columns - 1; j >= 0; j--) {
        int score = Likeness.of(first.get(from1 + i), second.get(from2 + j));
        int paired = score == Likeness.NEVER ? score : score + below[j + 1];
        if (paired >= Math.max(below[j], row[j + 1])) {
          steps[i][j] = BOTH;
          row[j] = paired;
        } else {
          steps[i][j] = below[j] >= row[j + 1] ? FIRST : SECOND;
          row[j] = Math.max(below[j], row[j + 1]);
        }
      }
      below = row;
    }
    follow(steps, from1, to1, from2, to2);
  }

  private void follow(byte[][] steps, int from1, int to1, int from2, int to2) {
    int i = from1;
    int j = from2;
    while (i < to1 && j < to2) {
      switch (steps[i - from1][j - from2]) {
        case BOTH -> both(i++, j++);
        case FIRST -> {
          matches.add(new Match(OptionalInt.of(i), OptionalInt.empty()));
          i++;
        }
        default -> {
          matches.add(new Match(OptionalInt.empty(), OptionalInt.of(j)));
          j++;
        }
      }
    }
    alone(i, to1, j, to2);
  }

  /** Pairs of equal layers without their like, as many as can be in both orders. */
  private List<int[]> anchors(int from1, int to1, int from2, int to2) {
    Map<Key, Integer> where1 = alone(first, from1, to1);
    Map<Key, Integer> where2 = alone(second, from2, to2);
    List<int[]> pairs = new ArrayList<>();
    for (int i = from1; i < to1; i++) {
      Key key = first.get(i);
      if (where1.containsKey(key) && where2.containsKey(key)) {
        pairs.add(new int[] {i, where2.getOrDefault(key, 0)});
      }
    }
    return PairsInOrder.longest(pairs);
  }

  private static Map<Key, Integer> alone(List<Key> keys, int from, int to) {
    Map<Key, Integer> where = new HashMap<>();
    Set<Key> several = new HashSet<>();
    for (int i = from; i < to; i++) {
      if (where.put(keys.get(i), i) != null) {
        several.add(keys.get(i));
      }
    }
    several.forEach(where::remove);
    return where;
  }
}
