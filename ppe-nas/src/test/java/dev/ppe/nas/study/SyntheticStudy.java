package dev.ppe.nas.study;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import dev.ppe.v1.Fidelity;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A study file that looks like one of a search, without evaluating anything: points mutate from
 * good ones, and figures are sums of amounts for each choice and some noise.
 */
public final class SyntheticStudy {
  private final SearchSpace space;
  private final SplittableRandom random;
  private final double[][] amounts;
  private final List<Point> points = new ArrayList<>();
  private final List<Double> fitness = new ArrayList<>();

  private SyntheticStudy(SearchSpace space, long seed) {
    this.space = space;
    this.random = new SplittableRandom(seed);
    List<Parameter> parameters = space.parameters();
    amounts = new double[parameters.size()][];
    for (int i = 0; i < amounts.length; i++) {
      double weight = random.nextDouble() < 0.15 ? 1 : 0.15; // few parameters matter much
      amounts[i] = random.doubles(parameters.get(i).size() + 1, -weight, weight).toArray();
    }
  }

  /**
   * Writes a study.
   *
   * @param trials that are done, of so many that are wanted
   * @param wanted how many
   */
  public static void create(
      Path file, String spaceText, String objective, int trials, long wanted, long seed) {
    StudyDefinition definition = definition(spaceText, objective);
    try (StudyFile study = StudyFile.create(file, definition, wanted)) {
      SyntheticStudy synthetic = new SyntheticStudy(study.study().space().space(), seed);
      synthetic.write(study, trials);
    }
  }

  /**
   * A study in memory of the built-in space of cells.
   *
   * @param trials latency and quality of each; a quality of 0 is a failure
   */
  public static Study of(String objective, double[]... trials) {
    StudyDefinition definition = definition(Spaces.text("nasbench201"), objective);
    try (StudyFile file = StudyFile.inMemory(definition, trials.length + 10)) {
      SearchSpace space = file.study().space().space();
      List<Trial> suggested = new ArrayList<>();
      List<Trial> done = new ArrayList<>();
      for (int i = 0; i < trials.length; i++) {
        Trial trial = Trial.suggested(i, 0, space.point(BigInteger.valueOf(i)).orElseThrow());
        suggested.add(trial);
        done.add(
            trial.with(
                trials[i][1] == 0
                    ? new Failed("no network")
                    : new Evaluated(
                        new Metrics(
                            Map.of(Metric.LATENCY, trials[i][0], Metric.QUALITY, trials[i][1])))));
      }
      file.suggest(suggested, List.of());
      file.record(done);
      return file.study();
    }
  }

  /** The definition of such a study. */
  public static StudyDefinition definition(String spaceText, String objective) {
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      return new StudyDefinition(
          spaceText,
          objective.contains("quality, latency, ") ? BackendFactory.NSGA2 : BackendFactory.RANDOM,
          new TreeMap<>(),
          25,
          objective,
          1,
          client.getAccelerator("tensor-g1"),
          Fidelity.FIDELITY_ANALYTICAL,
          new QualityDefinition.Proxy());
    }
  }

  private void write(StudyFile study, int count) {
    List<Trial> trials = new ArrayList<>();
    List<Trial> done = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Trial trial = Trial.suggested(i, i / 25, next());
      trials.add(trial);
      done.add(trial.with(result(trial.point())));
    }
    study.simulator(0, "synthetic");
    study.suggest(trials, List.of());
    study.record(done);
  }

  /** A mutation of the best of some earlier points, or one of chance. */
  private Point next() {
    if (points.size() < 100 || random.nextDouble() < 0.1) {
      return space.sample(random);
    }
    int best = random.nextInt(points.size());
    for (int i = 0; i < 6; i++) {
      int other = random.nextInt(points.size());
      if (fitness.get(other) > fitness.get(best)) {
        best = other;
      }
    }
    return space.mutate(points.get(best), random);
  }

  private Result result(Point point) {
    double size = 0;
    double skill = 0;
    List<Integer> choices = point.encoding();
    for (int i = 0; i < amounts.length; i++) {
      size += amounts[i][choices.get(i) + 1];
      skill += amounts[i][choices.get(i) + 1] * (i % 3 == 0 ? 1.2 : 0.7);
    }
    points.add(point);
    double latency = Math.max(180, 1_050 + 130 * size + random.nextGaussian() * 12);
    double quality = 7.6 + 0.22 * Math.log(latency / 1_000) + 0.05 * skill;
    fitness.add(quality - Math.max(0, latency - 1_100) / 400);
    if (random.nextDouble() < 0.02) {
      return new Failed(
          "no network: the map is 3x3, <script>alert('kernel')</script> must be 5 or less");
    }
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.LATENCY, latency);
    values.put(Metric.ENERGY, latency * 1.25 + random.nextGaussian() * 60);
    values.put(Metric.MEMORY, Math.rint(90_000 + 4_000 * skill));
    values.put(Metric.MODEL_SIZE, Math.rint(4e6 + 900 * latency));
    values.put(Metric.MACS, Math.rint(6e8 + 4e5 * latency));
    values.put(Metric.PARAMETERS, Math.rint(4e6 + 900 * latency));
    values.put(Metric.QUALITY, quality);
    return new Evaluated(new Metrics(values));
  }
}
