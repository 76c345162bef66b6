package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * NSGA-II (Deb et al., "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", 2002):
 * parents win binary tournaments by front and crowding distance, children cross over and mutate,
 * and of parents and children together the best survive, generation by generation.
 */
final class Nsga2 extends LocalBackend {
  /**
   * What may be set.
   *
   * @param population how many survive a generation, and how many children it has
   * @param crossover probability that a child has two parents
   */
  record Settings(int population, double crossover) {
    static final Settings DEFAULT = new Settings(50, 0.9);

    Settings {
      if (population < 2 || population > 100_000 || !(crossover >= 0 && crossover <= 1)) {
        throw new IllegalArgumentException(
            "the population is %d and the crossover %s, must be 2 to 100,000 and 0 to 1"
                .formatted(population, crossover));
      }
    }
  }

  private final SearchSpace space;
  private final Settings settings;
  private final RandomGenerator random;
  private final Novelty novelty = new Novelty();
  private List<Ranked> parents = List.of();
  private final List<Observation> children = new ArrayList<>();

  Nsga2(SearchSpace space, Settings settings, long seed) {
    this.space = space;
    this.settings = settings;
    random = new SplittableRandom(seed);
  }

  @Override
  protected List<Point> next(int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(novelty.draw(() -> parents.isEmpty() ? space.sample(random) : child()));
    }
    return points;
  }

  private Point child() {
    Point child = parent();
    if (random.nextDouble() < settings.crossover()) {
      child = space.crossOver(child, parent(), random);
    }
    int decisions = child.assignment().size();
    for (int i = 0; i < decisions; i++) {
      if (random.nextInt(decisions) == 0) {
        child = space.mutate(child, random);
      }
    }
    return child;
  }

  private Point parent() {
    Ranked one = parents.get(random.nextInt(parents.size()));
    Ranked other = parents.get(random.nextInt(parents.size()));
    return (Ranked.BEST_FIRST.compare(one, other) <= 0 ? one : other).observation().point();
  }

  @Override
  protected void learn(List<Observation> observations) {
    novelty.note(observations);
    children.addAll(observations);
    if (children.size() >= settings.population()) {
      List<Observation> all = new ArrayList<>(parents.stream().map(Ranked::observation).toList());
      all.addAll(children);
      List<Ranked> ranked = Ranked.of(all);
      parents = List.copyOf(ranked.subList(0, Math.min(ranked.size(), settings.population())));
      children.clear();
    }
  }
}
