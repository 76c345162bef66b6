package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Points that were suggested before: drawing one again wastes a trial. */
final class Novelty {
  private static final int ATTEMPTS = 20;
  private final Set<Point> seen = new HashSet<>();

  /** What is drawn, once more if it was seen before, but not for ever. */
  Point draw(Supplier<Point> supplier) {
    Point point = supplier.get();
    for (int i = 1; i < ATTEMPTS && seen.contains(point); i++) {
      point = supplier.get();
    }
    seen.add(point);
    return point;
  }

  /** Points that others suggested, too. */
  void note(List<Observation> observations) {
    observations.forEach(observation -> seen.add(observation.point()));
  }
}
