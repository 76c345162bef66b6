package dev.ppe.nas.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * New points from old ones. Both kinds walk through the space from its first parameter on, keep an
 * old choice wherever it is allowed, and draw one of those allowed where it is not.
 */
final class Variation {
  private final SearchSpace space;
  private final RandomGenerator random;

  Variation(SearchSpace space, RandomGenerator random) {
    this.space = space;
    this.random = random;
  }

  /**
   * Another choice for one parameter: every change that the choices before it allow has the same
   * probability. A point without any such change is returned as it is.
   */
  Optional<Point> mutate(Point point) {
    List<Change> changes = Change.of(space, point);
    if (changes.isEmpty()) {
      return Optional.of(point);
    }
    // First the parameter, then its choice: one of many choices would be changed too often.
    List<Integer> indices = changes.stream().map(Change::index).distinct().toList();
    int index = indices.get(random.nextInt(indices.size()));
    List<Change> choices = changes.stream().filter(change -> change.index() == index).toList();
    return apply(point, choices.get(random.nextInt(choices.size())));
  }

  private Optional<Point> apply(Point point, Change change) {
    Walk walk = space.walk();
    while (!walk.isDone()) {
      int old = point.choice(walk.index());
      walk.take(
          walk.index() == change.index() ? change.choice() : walk.allows(old) ? old : any(walk));
    }
    return space.finish(walk);
  }

  Optional<Point> crossOver(Point first, Point second) {
    Walk walk = space.walk();
    while (!walk.isDone()) {
      boolean swap = random.nextBoolean();
      int preferred = (swap ? second : first).choice(walk.index());
      int other = (swap ? first : second).choice(walk.index());
      walk.take(walk.allows(preferred) ? preferred : walk.allows(other) ? other : any(walk));
    }
    return space.finish(walk);
  }

  private int any(Walk walk) {
    List<Integer> allowed = allowed(walk, choice -> true);
    return allowed.get(random.nextInt(allowed.size()));
  }

  static List<Integer> allowed(Walk walk, IntPredicate filter) {
    List<Integer> allowed = new ArrayList<>();
    for (int choice = 0; choice < walk.parameter().size(); choice++) {
      if (walk.allows(choice) && filter.test(choice)) {
        allowed.add(choice);
      }
    }
    return allowed;
  }
}
