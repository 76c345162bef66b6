package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Regularised evolution (Real et al., "Regularized Evolution for Image Classifier Architecture
 * Search", 2019): a population that begins at random; the best of a random sample of it is mutated,
 * the child joins, the oldest dies.
 *
 * <p>The children of a batch have their parents in the population before it.
 */
final class RegularizedEvolution extends LocalBackend {
  /**
   * What may be set.
   *
   * @param population how many live at a time
   * @param sample how many compete to be a parent
   */
  record Settings(int population, int sample) {
    static final Settings DEFAULT = new Settings(50, 10);

    private static final int MOST = 1_000_000;

    Settings {
      if (population < 2 || population > MOST || sample < 1 || sample > population) {
        throw new IllegalArgumentException(
            "the population is %d and the sample %d, must be 2 to %d, and 1 up to the population"
                .formatted(population, sample, MOST));
      }
    }
  }

  private final SearchSpace space;
  private final Settings settings;
  private final RandomGenerator random;
  private final Novelty novelty = new Novelty();
  private final Deque<Observation> population = new ArrayDeque<>();
  private int born;

  RegularizedEvolution(SearchSpace space, Settings settings, long seed) {
    this.space = space;
    this.settings = settings;
    random = new SplittableRandom(seed);
  }

  @Override
  protected List<Point> next(int count) {
    List<Observation> living = new ArrayList<>(population);
    List<Point> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean founder = born < settings.population() || living.isEmpty();
      children.add(novelty.draw(() -> founder ? space.sample(random) : child(living)));
      born = Math.min(born + 1, settings.population());
    }
    return children;
  }

  private Point child(List<Observation> living) {
    Observation parent = living.get(random.nextInt(living.size()));
    for (int i = 1; i < settings.sample(); i++) {
      Observation rival = living.get(random.nextInt(living.size()));
      if (BY_FITNESS.compare(rival, parent) > 0) {
        parent = rival;
      }
    }
    return space.mutate(parent.point(), random);
  }

  private static final Comparator<Observation> BY_FITNESS =
      Comparator.comparing(Observation::outcome, Fitness.ORDER);

  @Override
  protected void skip(long suggested) {
    born = (int) Math.min(suggested, settings.population());
  }

  @Override
  protected void learn(List<Observation> observations) {
    novelty.note(observations);
    population.addAll(observations);
    while (population.size() > settings.population()) {
      population.removeFirst();
    }
  }
}
