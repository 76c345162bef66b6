package dev.ppe.nas.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that a set of scores dominates, above a reference that is worse than all that counts
 * (Zitzler and Thiele, "Multiobjective Evolutionary Algorithms", 1999): the larger, the better the
 * front. Exact, by slices along the last goal; meant for two or three goals.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /**
   * The hypervolume.
   *
   * @param scores more is better; those that are not above the reference everywhere do not count
   * @param reference as many figures as there are goals
   */
  public static double of(List<List<Double>> scores, List<Double> reference) {
    List<List<Double>> above = new ArrayList<>();
    for (List<Double> score : scores) {
      if (score.size() != reference.size()) {
        throw new IllegalArgumentException(
            "a candidate has %d scores, the reference %d"
                .formatted(score.size(), reference.size()));
      }
      if (isAbove(score, reference)) {
        above.add(score);
      }
    }
    return volume(above, reference, reference.size());
  }

  private static boolean isAbove(List<Double> score, List<Double> reference) {
    for (int i = 0; i < score.size(); i++) {
      if (score.get(i) <= reference.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** The volume in the first {@code goals} dimensions. */
  private static double volume(List<List<Double>> scores, List<Double> reference, int goals) {
    int last = goals - 1;
    if (goals == 1) {
      double best = scores.stream().mapToDouble(score -> score.getFirst()).max().orElse(0);
      return scores.isEmpty() ? 0 : best - reference.getFirst();
    }
    List<List<Double>> sorted = new ArrayList<>(scores);
    sorted.sort(Comparator.comparing((List<Double> score) -> score.get(last)).reversed());
    double volume = 0;
    double best = reference.getFirst();
    for (int i = 0; i < sorted.size(); i++) {
      double below = i + 1 < sorted.size() ? sorted.get(i + 1).get(last) : reference.get(last);
      double height = sorted.get(i).get(last) - below;
      best = Math.max(best, sorted.get(i).getFirst());
      double area =
          goals == 2
              ? best - reference.getFirst()
              : height > 0 ? volume(sorted.subList(0, i + 1), reference, last) : 0;
      volume += height * area;
    }
    return volume;
  }
}
