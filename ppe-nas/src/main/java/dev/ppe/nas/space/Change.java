package dev.ppe.nas.space;

import java.util.ArrayList;
import java.util.List;

/**
 * Another choice for one parameter of a point.
 *
 * @param index of the parameter
 */
record Change(int index, int choice) {
  /** All changes that the choices before them allow, in order. */
  static List<Change> of(SearchSpace space, Point point) {
    List<Change> changes = new ArrayList<>();
    for (Walk walk = space.walk(); !walk.isDone(); ) {
      int index = walk.index();
      int chosen = point.choice(index);
      for (int choice : Variation.allowed(walk, each -> each != chosen)) {
        changes.add(new Change(index, choice));
      }
      walk.take(chosen);
    }
    return changes;
  }
}
