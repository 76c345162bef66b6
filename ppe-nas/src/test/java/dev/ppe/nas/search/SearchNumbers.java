package dev.ppe.nas.search;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.evaluate.CandidateEvaluator;
import dev.ppe.nas.objective.Hypervolume;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.quality.CapacityProxy;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The figures of docs/search.md, on the classification space: single goals, fronts, and fronts
 * without GC-IBN. No test, since it takes minutes; a line is printed as soon as it is known.
 *
 * <p>Arguments: accelerator, {@code cycle} or {@code analytical}, seeds, then what to compute:
 * {@code random}, {@code evolution}, {@code reinforce}, {@code reinforce-batched}, {@code fronts},
 * {@code ablation}.
 */
public final class SearchNumbers {
  private static final int SINGLE_TRIALS = 1_000;
  private static final int FRONT_TRIALS = 2_000;

  /** Worse than all that matters: 3 ms, and a capacity of the smallest networks. */
  private static final double WORST_LATENCY = 3_000;

  private static final double WORST_QUALITY = 7;

  private final PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1));
  private final EstimateRequest options;
  private final int seeds;

  private SearchNumbers(EstimateRequest options, int seeds) {
    this.options = options;
    this.seeds = seeds;
  }

  public static void main(String[] arguments) throws InterruptedException {
    EstimateRequest options =
        EstimateRequest.newBuilder()
            .setAcceleratorName(arguments[0])
            .setFidelity(
                arguments[1].equals("cycle")
                    ? Fidelity.FIDELITY_CYCLE
                    : Fidelity.FIDELITY_ANALYTICAL)
            .build();
    SearchNumbers numbers = new SearchNumbers(options, Integer.parseInt(arguments[2]));
    for (String what : List.of(arguments).subList(3, arguments.length)) {
      switch (what) {
        case "fronts" -> numbers.fronts();
        case "ablation" -> numbers.ablation();
        default -> numbers.single(BackendFactory.of(what).orElseThrow());
      }
    }
  }

  private static ModelSpace classification() {
    return Spaces.find("mobilenet-edgetpu-v2").orElseThrow();
  }

  private void single(BackendFactory factory) throws InterruptedException {
    double budget =
        client
            .estimate(
                options.toBuilder()
                    .setGraph(
                        GraphCodec.encode(Zoo.find("mobilenet_edgetpu_v2_s").orElseThrow().graph()))
                    .build())
            .getLatencyUs();
    Objective objective = ObjectiveParser.parse("quality, latency<=" + budget + "us");
    double[] best = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      best[seed] =
          search(classification(), factory, objective, SINGLE_TRIALS, seed).stream()
              .mapToDouble(Scored::score)
              .max()
              .orElse(Double.NaN);
    }
    print("%s, budget %.0f us".formatted(factory.word(), budget), best);
  }

  private void fronts() throws InterruptedException {
    print("front, random", hypervolumes(classification(), BackendFactory.RANDOM));
    print("front, nsga2", hypervolumes(classification(), BackendFactory.NSGA2));
  }

  private void ablation() throws InterruptedException {
    Map<String, List<String>> kept = new HashMap<>();
    ModelSpace whole = classification();
    for (Parameter parameter : whole.space().parameters()) {
      if (parameter.choice("gc").isPresent()) {
        kept.put(
            parameter.name(),
            IntStream.range(0, parameter.size())
                .mapToObj(parameter::label)
                .filter(label -> !label.equals("gc"))
                .toList());
      }
    }
    ModelSpace without = whole.with(whole.space().restricted(kept));
    print("front, nsga2, without GC-IBN", hypervolumes(without, BackendFactory.NSGA2));
  }

  private double[] hypervolumes(ModelSpace space, BackendFactory factory)
      throws InterruptedException {
    Objective objective = ObjectiveParser.parse("quality, latency");
    double[] volumes = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      volumes[seed] =
          Hypervolume.of(
              search(space, factory, objective, FRONT_TRIALS, seed).stream()
                  .map(Scored::scores)
                  .toList(),
              List.of(WORST_QUALITY, -WORST_LATENCY));
    }
    return volumes;
  }

  /** Outcomes within the limits. */
  private List<Scored> search(
      ModelSpace space, BackendFactory factory, Objective objective, int trials, long seed)
      throws InterruptedException {
    CandidateEvaluator evaluator =
        new CandidateEvaluator(space, client::estimate, options, objective, new CapacityProxy());
    List<Scored> found = new ArrayList<>();
    int trial = 0;
    try (Backend backend =
        factory.create(space.space(), objective.goals().size(), Map.of(), seed)) {
      while (trial < trials) {
        List<Observation> observations = new ArrayList<>();
        for (Point point : backend.suggest(Math.min(factory.batch(), trials - trial))) {
          Observation observation =
              new Observation(point, evaluator.evaluate(trial++, point).outcome());
          observations.add(observation);
          if (observation.outcome() instanceof Scored scored && scored.isFeasible()) {
            found.add(scored);
          }
        }
        backend.tell(observations);
      }
    }
    return found;
  }

  private static void print(String what, double[] seeds) {
    // A seed that found nothing within the limits has no figure.
    double[] found = DoubleStream.of(seeds).filter(Double::isFinite).toArray();
    System.out.printf(
        Locale.ROOT,
        "%-45s mean %.4f, lowest %.4f, highest %.4f; %d of %d seeds found something%n",
        what,
        DoubleStream.of(found).average().orElse(Double.NaN),
        DoubleStream.of(found).min().orElse(Double.NaN),
        DoubleStream.of(found).max().orElse(Double.NaN),
        found.length,
        seeds.length);
  }
}
