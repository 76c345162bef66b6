package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import java.util.List;

/** Keeps to the order of suggestions and answers: what all back-ends of this package share. */
abstract class Turns implements Backend {
  private List<Point> open = List.of();

  @Override
  public final List<Point> suggest(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("asks for %d points, must be 1 or more".formatted(count));
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "%d suggested points have not been told".formatted(open.size()));
    }
    open = List.copyOf(next(count));
    return open;
  }

  @Override
  public final void tell(List<Observation> observations) {
    if (!observations.stream().map(Observation::point).toList().equals(open)) {
      throw new IllegalArgumentException(
          "%d points are told that are not the %d suggested ones in their order"
              .formatted(observations.size(), open.size()));
    }
    open = List.of();
    learn(observations);
  }

  abstract List<Point> next(int count);

  abstract void learn(List<Observation> observations);
}
