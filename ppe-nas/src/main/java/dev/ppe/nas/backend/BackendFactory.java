package dev.ppe.nas.backend;

import dev.ppe.nas.space.SearchSpace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The back-ends of this package by name. */
public enum BackendFactory {
  /** Uniform points. */
  RANDOM(true, 16) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      return new RandomSearch(space, seed);
    }
  },
  /** Every point in order; {@code points} spreads so many evenly. */
  GRID(true, 16) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      return new GridSearch(space, settings.optionalInteger("points"));
    }
  },
  /** Regularised evolution: {@code population}, {@code sample}. */
  EVOLUTION(false, 8) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      RegularizedEvolution.Settings usual = RegularizedEvolution.Settings.DEFAULT;
      return new RegularizedEvolution(
          space,
          new RegularizedEvolution.Settings(
              settings.integer("population", usual.population()),
              settings.integer("sample", usual.sample())),
          seed);
    }
  },
  /**
   * REINFORCE controller that learns from each trial: {@code learning-rate}, {@code momentum},
   * {@code entropy-weight}.
   */
  REINFORCE(false, 4) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      return reinforce(space, Reinforce.Settings.SINGLE, settings, seed);
    }
  },
  /** The same, which learns from each batch as a whole. */
  REINFORCE_BATCHED(false, 16) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      return reinforce(space, Reinforce.Settings.BATCHED, settings, seed);
    }
  },
  /** NSGA-II: {@code population}, {@code crossover}. */
  NSGA2(true, 16) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      Nsga2.Settings usual = Nsga2.Settings.DEFAULT;
      return new Nsga2(
          space,
          new Nsga2.Settings(
              settings.integer("population", usual.population()),
              settings.decimal("crossover", usual.crossover())),
          seed);
    }
  },
  /** What an OSS Vizier server suggests: its state is there, and this package cannot make it. */
  VIZIER(true, 8) {
    @Override
    LocalBackend create(SearchSpace space, BackendSettings settings, long seed) {
      throw new IllegalArgumentException(
          "vizier suggests points on a server, and none is given: --vizier HOST:PORT");
    }

    @Override
    public boolean isRemote() {
      return true;
    }
  };

  private final boolean takesSeveralGoals;
  private final int batch;

  BackendFactory(boolean takesSeveralGoals, int batch) {
    this.takesSeveralGoals = takesSeveralGoals;
    this.batch = batch;
  }

  private static LocalBackend reinforce(
      SearchSpace space, Reinforce.Settings usual, BackendSettings settings, long seed) {
    return new Reinforce(
        space,
        new Reinforce.Settings(
            settings.decimal("learning-rate", usual.learningRate()),
            settings.decimal("momentum", usual.momentum()),
            settings.decimal("entropy-weight", usual.entropyWeight()),
            usual.batched()),
        seed);
  }

  abstract LocalBackend create(SearchSpace space, BackendSettings settings, long seed);

  /**
   * A back-end that has seen nothing yet.
   *
   * @param goals how many scores each candidate will have
   * @param settings by name, as people write them
   * @throws IllegalArgumentException if it has no such setting, a setting is out of range, it takes
   *     one goal and there are several, or it {@linkplain #isRemote is elsewhere}
   */
  public LocalBackend create(
      SearchSpace space, int goals, Map<String, String> settings, long seed) {
    if (goals > 1 && !takesSeveralGoals) {
      throw new IllegalArgumentException(
          "%s takes one goal, not %d: %s take several"
              .formatted(word(), goals, String.join(", ", severalGoals())));
    }
    BackendSettings named = new BackendSettings(word(), settings);
    LocalBackend backend = create(space, named, seed);
    named.requireAllRead();
    return backend;
  }

  private static List<String> severalGoals() {
    return Stream.of(values())
        .filter(factory -> factory.takesSeveralGoals)
        .map(BackendFactory::word)
        .toList();
  }

  /** Whether its state is on a server, which the search has to be told of. */
  public boolean isRemote() {
    return false;
  }

  /** How many points to ask for at a time, unless the user says otherwise. */
  public int batch() {
    return batch;
  }

  /** Whether it looks for a Pareto front of several goals. */
  public boolean takesSeveralGoals() {
    return takesSeveralGoals;
  }

  /** As it is written: {@code reinforce-batched}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The back-end of this word. */
  public static Optional<BackendFactory> of(String word) {
    return Stream.of(values()).filter(factory -> factory.word().equals(word)).findFirst();
  }
}
