package dev.ppe.report.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Blocks by the folders in layers' names, {@code stage2/block0/expand}: layers that follow each
 * other and share their folders to some depth. Of the depths the one whose blocks come nearest to
 * what blocks mostly have is taken.
 */
final class BlockNames {
  private static final int MOST_DEPTHS = 6;
  private static final double USUAL_LAYERS = 4;
  private static final double LEAST_LAYERS = 1.5;
  private static final double MOST_LAYERS = 40;

  private BlockNames() {}

  /** Where blocks begin; empty where names tell nothing. */
  static Optional<List<Integer>> starts(List<String> names) {
    Optional<List<Integer>> best = Optional.empty();
    double least = Double.MAX_VALUE;
    for (int depth = 1; depth <= MOST_DEPTHS; depth++) {
      List<Integer> starts = starts(names, depth);
      double layers = (double) names.size() / Math.max(1, starts.size());
      double distance = Math.abs(Math.log(layers / USUAL_LAYERS));
      boolean several = starts.size() > 1 && layers >= LEAST_LAYERS && layers <= MOST_LAYERS;
      if (several && distance < least) {
        least = distance;
        best = Optional.of(starts);
      }
    }
    return best;
  }

  private static List<Integer> starts(List<String> names, int depth) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String folder = folder(names.get(i), depth);
      if (i == 0 || folder.isEmpty() || !folder.equals(folder(names.get(i - 1), depth))) {
        starts.add(i);
      }
    }
    return starts;
  }

  /** The first {@code depth} parts of the name, without its last; empty where there is none. */
  private static String folder(String name, int depth) {
    int end = 0;
    for (int part = 0; part < depth; part++) {
      int slash = name.indexOf('/', end == 0 ? 1 : end + 1);
      if (slash < 0) {
        break;
      }
      end = slash;
    }
    return name.substring(0, end);
  }
}
