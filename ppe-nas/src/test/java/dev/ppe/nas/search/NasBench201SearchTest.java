package dev.ppe.nas.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.analytic.AnalyticalModel;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Searches whose best is known, since all 15,625 cells are evaluated beforehand by the closed
 * formulas: the most parameters within the latency that half of the cells keep. 16 cells have as
 * many; a random search of 1,000 trials finds one of them in two of three seeds.
 */
class NasBench201SearchTest {
  private static final ModelSpace SPACE = Spaces.find("nasbench201").orElseThrow();
  private static final int TRIALS = 1_000;
  private static final int SEEDS = 10;
  private static final Accelerator ACCELERATOR = Presets.get("coral-usb");

  /** Cells are put together of a few layers. */
  private static final TilingMemo MEMO = new BoundedTilingMemo(1 << 12);

  private static final Map<Point, Metrics> TABLE = new HashMap<>();
  private static Objective objective = ObjectiveParser.parse("quality");
  private static double best;

  @BeforeAll
  static void evaluateAllCells() {
    Map<GraphHash, Metrics> known = new HashMap<>(); // many cells are the same network
    for (int rank = 0; rank < 15_625; rank++) {
      Point point = SPACE.space().point(BigInteger.valueOf(rank)).orElseThrow();
      CanonicalGraph network = CanonicalGraph.of(SPACE.graph(point));
      TABLE.put(point, known.computeIfAbsent(network.hash(), hash -> evaluate(network)));
    }
    List<Double> sorted =
        TABLE.values().stream().map(metrics -> metrics.get(Metric.LATENCY)).sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    objective = ObjectiveParser.parse("quality, latency<=" + median + "us");
    best =
        TABLE.values().stream()
            .filter(metrics -> metrics.get(Metric.LATENCY) <= median)
            .mapToDouble(metrics -> metrics.get(Metric.QUALITY))
            .max()
            .orElseThrow();
  }

  private static Metrics evaluate(CanonicalGraph network) {
    long cycles =
        AnalyticalModel.inference(
                Compiler.map(network, ACCELERATOR, MEMO, Interruption.NEVER), Interruption.NEVER)
            .cycles();
    double parameters = Workload.parameters(network.graph());
    return new Metrics(
        Map.of(Metric.LATENCY, cycles * 1e6 / ACCELERATOR.clockHz(), Metric.QUALITY, parameters));
  }

  /** The best score within the budget that a seed finds. */
  private static double search(BackendFactory factory, long seed) {
    Backend backend = factory.create(SPACE.space(), 1, Map.of(), seed);
    double found = Double.NEGATIVE_INFINITY;
    for (int trials = 0; trials < TRIALS; ) {
      List<Point> points = backend.suggest(Math.min(factory.batch(), TRIALS - trials));
      List<Observation> observations =
          points.stream()
              .map(point -> new Observation(point, objective.judge(metrics(point))))
              .toList();
      for (Observation observation : observations) {
        if (observation.outcome() instanceof Scored scored && scored.isFeasible()) {
          found = Math.max(found, scored.score());
        }
      }
      backend.tell(observations);
      trials += points.size();
    }
    return found;
  }

  private static Metrics metrics(Point point) {
    return TABLE.getOrDefault(point, new Metrics(Map.of()));
  }

  private static long hits(BackendFactory factory) {
    return IntStream.range(0, SEEDS).filter(seed -> search(factory, seed) == best).count();
  }

  @Test
  void evolutionFindsTheBestCellInNineOfTenSeeds() {
    assertThat(hits(BackendFactory.EVOLUTION)).isGreaterThanOrEqualTo(9);
  }
}
