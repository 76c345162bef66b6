package dev.ppe.nas.study;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A study with a cost model that looks like one of a search, without evaluating anything. */
public final class PredictedStudies {
  /** Knows no parameters: reports read its origin alone. */
  private static final String MODEL =
      """
      {"format": "ppe-cost-model", "version": 1, "space": "nasbench201", "space_sha256": "0a",
       "accelerator": "tensor-g1", "accelerator_sha256": "0b", "fidelity": "analytical",
       "simulator": "1", "parameters": [{"name": "p", "conditional": false, "choices": ["a", "b"]}],
       "groups": [{"name": "g", "parameters": ["p"]}],
       "models": [{"metric": "latency", "unit": "us", "kind": "table", "samples": 40,
                   "constant": 1, "weights": [[]], "quantities": [], "hinges": [], "trees": []}]}
      """;

  private PredictedStudies() {}

  /**
   * What is searched.
   *
   * @param model name of its file
   */
  public static StudyDefinition definition(String model) {
    return SyntheticStudy.definition(Spaces.text("nasbench201"), "quality, latency<=100us")
        .with(new CostDefinition.Learned(model, MODEL));
  }

  /** Four trials, with predicted latencies of 80, 90, 99 and 120 us. */
  public static void search(StudyFile file) {
    double[] latencies = {80, 90, 99, 120};
    SearchSpace space = file.study().space().space();
    List<Trial> suggested = new ArrayList<>();
    List<Trial> done = new ArrayList<>();
    for (int i = 0; i < latencies.length; i++) {
      Trial trial = Trial.suggested(i, 0, space.point(BigInteger.valueOf(i)).orElseThrow());
      suggested.add(trial);
      done.add(
          trial.with(
              new Evaluated(
                  new Metrics(Map.of(Metric.LATENCY, latencies[i], Metric.QUALITY, 5.0 + i)))));
    }
    file.suggest(suggested, List.of());
    file.record(done);
  }

  /** The first takes 84 us, the second none, and the third 125 us: over the limit. */
  public static void recost(StudyFile file) {
    file.recost(
        List.of(
            new Recosted(0, "1.5", costs(84)),
            new Recosted(1, "1.5", new Failed("too <b>large</b>")),
            new Recosted(2, "1.5", costs(125))));
  }

  private static Evaluated costs(double latency) {
    return new Evaluated(
        new Metrics(Map.of(Metric.LATENCY, latency, Metric.ENERGY, 12.5, Metric.MEMORY, 4096.0)));
  }
}
