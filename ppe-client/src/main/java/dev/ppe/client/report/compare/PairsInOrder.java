package dev.ppe.client.report.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The longest part of some pairs that increases in both places (by piles, as in patience). */
final class PairsInOrder {
  private PairsInOrder() {}

  /**
   * Finds it.
   *
   * @param pairs of two places each, in the order of the first ones
   */
  static List<int[]> longest(List<int[]> pairs) {
    List<Integer> tops = new ArrayList<>();
    int[] before = new int[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      int pile = pile(pairs, tops, pairs.get(i)[1]);
      before[i] = pile == 0 ? -1 : tops.get(pile - 1);
      if (pile == tops.size()) {
        tops.add(i);
      } else {
        tops.set(pile, i);
      }
    }
    List<int[]> chain = new ArrayList<>();
    for (int i = tops.isEmpty() ? -1 : tops.getLast(); i >= 0; i = before[i]) {
      chain.add(pairs.get(i));
    }
    Collections.reverse(chain);
    return chain;
  }

  /** The first one whose top is not below {@code place}. */
  private static int pile(List<int[]> pairs, List<Integer> tops, int place) {
    int low = 0;
    int high = tops.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pairs.get(tops.get(middle))[1] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
