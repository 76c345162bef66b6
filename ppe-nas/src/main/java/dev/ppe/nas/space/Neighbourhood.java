package dev.ppe.nas.space;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All points one change away. */
final class Neighbourhood {
  private Neighbourhood() {}

  static List<Point> of(SearchSpace space, Point point) {
    Set<Point> neighbours = new LinkedHashSet<>();
    for (Change change : Change.of(space, point)) {
      Walk walk = space.walk();
      while (!walk.isDone()) {
        int old = point.choice(walk.index());
        walk.take(
            walk.index() == change.index()
                ? change.choice()
                : walk.allows(old) ? old : Variation.allowed(walk, each -> true).getFirst());
      }
      space.finish(walk).ifPresent(neighbours::add);
    }
    return new ArrayList<>(neighbours);
  }
}
