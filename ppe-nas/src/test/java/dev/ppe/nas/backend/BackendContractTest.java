package dev.ppe.nas.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.objective.Goal;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.vizier.FakeVizier;
import dev.ppe.nas.vizier.VizierBackend;
import dev.ppe.nas.vizier.VizierSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What every back-end must do: those of this process, and Vizier's with a server that follows its
 * protocol.
 */
class BackendContractTest {
  /** With a condition and a constraint. */
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(Parameter.integer("a", 0, 9))
          .add(Parameter.integer("b", 0, 9))
          .add(Parameter.categorical("kind", "plain", "extra"))
          .add(Parameter.integer("c", 0, 9).when("kind == 'extra'"))
          .constraint("a + b <= 14")
          .constraint("c <= a")
          .build();

  /** Some points fail, some exceed a limit. */
  private static Outcome evaluate(Point point) {
    double a = point.number("a");
    double b = point.number("b");
    if (a == 5) {
      return new Failed("five");
    }
    double extra = point.uses("c") ? point.number("c") / 10 : 0;
    return new Scored(List.of(a * b + extra), Math.max(0, b - 7) / 7);
  }

  private final List<FakeVizier> servers = new ArrayList<>();

  @AfterEach
  void endServers() {
    servers.forEach(FakeVizier::close);
  }

  private Backend create(BackendFactory factory, long seed) {
    return create(factory, SPACE, 1, Map.of(), seed);
  }

  private Backend create(
      BackendFactory factory,
      SearchSpace space,
      int goals,
      Map<String, String> settings,
      long seed) {
    if (factory != BackendFactory.VIZIER) {
      return factory.create(space, goals, settings, seed);
    }
    VizierSettings named = VizierSettings.of(settings);
    FakeVizier server = new FakeVizier(seed);
    servers.add(server);
    return new VizierBackend(
        server.connect(),
        named,
        new VizierBackend.Identity("contract", "client"),
        space,
        new Objective(Collections.nCopies(goals, new Goal.Optimize(Metric.QUALITY)), List.of()));
  }

  private static List<Point> search(
      Backend backend, int batch, int trials, Function<Point, Outcome> evaluator) {
    List<Point> all = new ArrayList<>();
    while (all.size() < trials) {
      List<Point> points = backend.suggest(batch);
      if (points.isEmpty()) {
        break;
      }
      assertThat(points).hasSizeLessThanOrEqualTo(batch);
      all.addAll(points);
      backend.tell(
          points.stream().map(point -> new Observation(point, evaluator.apply(point))).toList());
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void suggestsValidPointsOfTheSpace(BackendFactory factory) {
    for (Point point : search(create(factory, 1), 7, 300, BackendContractTest::evaluate)) {
      assertThat(SPACE.point(point.assignment())).isEqualTo(point);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesTheSameForTheSameSeedAndAnotherForAnother(BackendFactory factory) {
    List<Point> first = search(create(factory, 1), 7, 200, BackendContractTest::evaluate);
    List<Point> again = search(create(factory, 1), 7, 200, BackendContractTest::evaluate);
    List<Point> other = search(create(factory, 2), 7, 200, BackendContractTest::evaluate);
    assertThat(again).isEqualTo(first);
    if (factory != BackendFactory.GRID) {
      assertThat(other).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resumesByReplayingWhatWasRecorded(BackendFactory factory) {
    List<Point> whole = search(create(factory, 3), 8, 160, BackendContractTest::evaluate);
    Backend resumed = create(factory, 3);
    search(resumed, 8, 80, BackendContractTest::evaluate);
    List<Point> rest = search(resumed, 8, 80, BackendContractTest::evaluate);
    assertThat(rest).isEqualTo(whole.subList(80, 160));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "VIZIER")
  void goesOnBehindTrialsThatItWasNotAskedFor(BackendFactory factory) {
    List<Observation> known = new ArrayList<>();
    for (Point point : search(create(factory, 5), 8, 96, BackendContractTest::evaluate)) {
      known.add(new Observation(point, evaluate(point)));
    }
    List<List<Point>> next = new ArrayList<>();
    for (long seed : new long[] {7, 7}) {
      LocalBackend backend = factory.create(SPACE, 1, Map.of(), seed);
      backend.recall(100, known, 8, () -> {});
      next.add(search(backend, 8, 40, BackendContractTest::evaluate));
    }
    assertThat(next.getFirst()).hasSize(40).isEqualTo(next.getLast());
    if (List.of("random", "grid", "evolution", "nsga2").contains(factory.word())) {
      assertThat(next.getFirst())
          .as("points that are known")
          .doesNotContainAnyElementsOf(known.stream().map(Observation::point).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void worksWhereEverythingFails(BackendFactory factory) {
    List<Point> points = search(create(factory, 1), 5, 120, point -> new Failed("always"));
    assertThat(points).hasSizeGreaterThanOrEqualTo(120);
  }

  @ParameterizedTest
  @EnumSource
  void worksWhereAllScoresAreEqualOrHuge(BackendFactory factory) {
    assertThat(search(create(factory, 1), 5, 120, point -> Scored.of(1))).hasSize(120);
    assertThat(search(create(factory, 1), 5, 120, point -> Scored.of(1e300 * point.number("a"))))
        .hasSize(120);
    List<Point> bothSigns =
        search(
            create(factory, 1),
            5,
            120,
            point -> Scored.of(point.number("a") < 5 ? -1.7e308 : 1.7e308));
    assertThat(new HashSet<>(bothSigns.subList(100, 120))).as("goes on").hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void takesOnePointAtATime(BackendFactory factory) {
    assertThat(search(create(factory, 1), 1, 60, BackendContractTest::evaluate)).hasSize(60);
  }

  @ParameterizedTest
  @EnumSource
  void worksInASpaceOfOnePoint(BackendFactory factory) {
    SearchSpace single = SearchSpace.builder().add(Parameter.integer("a", 1, 1)).build();
    Backend backend = create(factory, single, 1, Map.of(), 1);
    assertThat(search(backend, 3, 9, point -> Scored.of(1))).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void keepsToItsTurns(BackendFactory factory) {
    Backend backend = create(factory, 1);
    assertThatThrownBy(() -> backend.suggest(0)).isInstanceOf(IllegalArgumentException.class);
    List<Point> points = backend.suggest(3);
    assertThatThrownBy(() -> backend.suggest(3)).hasMessageContaining("3 suggested points");
    assertThatThrownBy(() -> backend.tell(List.of())).hasMessageContaining("not the 3 suggested");
    backend.tell(points.stream().map(p -> new Observation(p, Scored.of(1))).toList());
    assertThat(backend.suggest(3)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void refusesSettingsItHasNot(BackendFactory factory) {
    assertThatThrownBy(() -> create(factory, SPACE, 1, Map.of("speed", "9"), 1))
        .hasMessage(factory.word() + " has no setting speed");
    assertThat(BackendFactory.of(factory.word())).contains(factory);
  }

  @ParameterizedTest
  @EnumSource(names = {"EVOLUTION", "REINFORCE", "REINFORCE_BATCHED", "NSGA2"})
  void findsBetterPointsThanAtRandom(BackendFactory factory) {
    double mine = best(factory);
    double random = best(BackendFactory.RANDOM);
    assertThat(mine).isGreaterThan(random);
  }

  /** The mean of ten seeds' best, in a space of 10^10 points with a narrow peak. */
  private static double best(BackendFactory factory) {
    SearchSpace space =
        SearchSpace.builder()
            .repeat(
                "p", 10, (builder, prefix) -> builder.add(Parameter.integer(prefix + "x", 0, 9)))
            .build();
    return IntStream.range(0, 10)
        .mapToDouble(
            seed ->
                search(
                        factory.create(space, 1, Map.of(), seed),
                        factory.batch(),
                        600,
                        point -> Scored.of(height(point)))
                    .stream()
                    .mapToDouble(BackendContractTest::height)
                    .max()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  private static double height(Point point) {
    return IntStream.range(0, 10)
        .mapToDouble(i -> -Math.abs(point.number("p%d.x".formatted(i)) - (i * 7 + 3) % 10))
        .sum();
  }

  @ParameterizedTest
  @EnumSource(names = {"EVOLUTION", "REINFORCE", "REINFORCE_BATCHED"})
  void learnsToKeepALimitWhereScoresAreNegative(BackendFactory factory) {
    SearchSpace space =
        SearchSpace.builder()
            .repeat(
                "p", 10, (builder, prefix) -> builder.add(Parameter.integer(prefix + "x", 0, 9)))
            .build();
    // A latency is least where all are 0, an energy within its limit where they add up to 30.
    Function<Point, Outcome> evaluator =
        point -> {
          double sum =
              IntStream.range(0, 10).mapToDouble(i -> point.number("p%d.x".formatted(i))).sum();
          return new Scored(List.of(-1_000 - sum), Math.max(0, sum - 30) / 30);
        };
    List<Point> points = search(factory.create(space, 1, Map.of(), 1), 8, 2_000, evaluator);
    assertThat(points.subList(1_900, 2_000))
        .filteredOn(point -> ((Scored) evaluator.apply(point)).isFeasible())
        .hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "GRID", "EVOLUTION"})
  void repeatsNoPointWhileThereAreOthers(BackendFactory factory) {
    SearchSpace space = SearchSpace.builder().add(Parameter.integer("a", 1, 5_000)).build();
    List<Point> points =
        search(factory.create(space, 1, Map.of(), 4), 10, 300, p -> Scored.of(p.number("a")));
    assertThat(new HashSet<>(points)).hasSize(300);
  }

  @ParameterizedTest
  @EnumSource
  void takesSeveralGoalsOrSaysThatItDoesNot(BackendFactory factory) {
    if (factory.takesSeveralGoals()) {
      Backend backend = create(factory, SPACE, 2, Map.of(), 1);
      List<Point> points =
          search(backend, 9, 150, p -> new Scored(List.of(p.number("a"), p.number("b")), 0));
      assertThat(points).hasSizeGreaterThanOrEqualTo(150);
    } else {
      assertThatThrownBy(() -> factory.create(SPACE, 2, Map.of(), 1))
          .hasMessage(
              factory.word() + " takes one goal, not 2: random, grid, nsga2, vizier take several");
    }
  }
}
