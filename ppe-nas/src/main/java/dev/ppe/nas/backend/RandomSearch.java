package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Uniform points, none of them twice as far as that can be avoided. */
final class RandomSearch extends LocalBackend {
  private final SearchSpace space;
  private final RandomGenerator random;
  private final Novelty novelty = new Novelty();

  RandomSearch(SearchSpace space, long seed) {
    this.space = space;
    random = new SplittableRandom(seed);
  }

  @Override
  protected List<Point> next(int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(novelty.draw(() -> space.sample(random)));
    }
    return points;
  }

  @Override
  protected void learn(List<Observation> observations) {
    novelty.note(observations);
  }
}
