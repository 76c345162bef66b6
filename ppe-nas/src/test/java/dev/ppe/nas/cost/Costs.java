package dev.ppe.nas.cost;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.evaluate.ServiceCosts;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** A small space with skipped blocks and conditional choices, and what its networks cost. */
final class Costs {
  static final ModelSpace MODELS =
      SpaceReader.read(
          "small.yaml",
          """
          name: small
          description: three blocks
          image: 32
          body:
            - {parameter: width, one_of: [16, 32]}
            - {layer: conv, name: stem, kernel: 3, stride: 2, channels: width, activation: relu}
            - group: s
              body:
                - {parameter: channels, one_of: [32, 48, 64]}
                - group: first
                  body:
                    - {parameter: kind, one_of: [depthwise, fused]}
                    - {parameter: kernel, one_of: [3, 5]}
                    - {layer: bottleneck, kind: kind, kernel: kernel, stride: 2, expansion: 4,
                       channels: channels}
                - repeat: more
                  times: 2
                  body:
                    - {parameter: kind, one_of: [skip, depthwise, fused, gc]}
                    - {parameter: kernel, one_of: [3, 5], when: "kind != 'skip'"}
                    - {parameter: group_size, one_of: [32, 64], when: "kind == 'gc'"}
                    - {layer: bottleneck, when: "kind != 'skip'", kind: kind, kernel: kernel,
                       expansion: 4, group_size: group_size, channels: channels}
            - {layer: global_pool}
            - {layer: dense, units: 10}
          """);

  static final Origin ORIGIN = new Origin("small", "0a", "tensor-g1", "0b", "analytical", "1.0");

  private static final int COUNT = 250;

  /** Asked for once, for all tests. */
  private static final class Holder {
    static final List<Sample> SAMPLES = samples();
    static final CostTrainer TRAINER = trainer(MODELS, 1);
  }

  private Costs() {}

  /** Different points with their costs. */
  static List<Sample> labelled() {
    return Holder.SAMPLES;
  }

  static CostTrainer trainer() {
    return Holder.TRAINER;
  }

  private static EstimateRequest options(PpeClient client) {
    return EstimateRequest.newBuilder()
        .setAcceleratorSpec(client.getAccelerator("tensor-g1"))
        .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
        .build();
  }

  private static List<Sample> samples() {
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      ServiceCosts service = new ServiceCosts(client::estimate, options(client));
      return samples(MODELS, COUNT, point -> service.costs(point, () -> MODELS.graph(point)));
    }
  }

  /** So many different points with costs from a function. */
  static List<Sample> samples(ModelSpace models, int count, Function<Point, Metrics> costs) {
    SplittableRandom random = new SplittableRandom(5);
    Set<Point> seen = new LinkedHashSet<>();
    while (seen.size() < count) {
      seen.add(models.space().sample(random));
    }
    List<Sample> samples = new ArrayList<>();
    seen.forEach(point -> samples.add(new Sample(samples.size(), point, costs.apply(point))));
    return samples;
  }

  static CostTrainer trainer(ModelSpace models, long seed) {
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      return CostTrainer.of(
          models,
          List.of(Metric.LATENCY, Metric.ENERGY),
          new BlockMeter(client::estimate, options(client), 2),
          seed);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A model of both metrics. */
  static LearnedCosts learned(CostTrainer trainer, ModelKind kind, List<Sample> samples) {
    return new LearnedCosts(
        ORIGIN,
        MODELS.space().parameters(),
        Stream.of(Metric.LATENCY, Metric.ENERGY)
            .map(
                metric ->
                    new LearnedCosts.Learned(
                        metric, kind, samples.size(), trainer.train(kind, metric, samples)))
            .toList());
  }
}
