package dev.ppe.nas.cost;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.evaluate.ServiceCosts;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

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

  private Costs() {}

  static EstimateRequest options(PpeClient client) {
    return EstimateRequest.newBuilder()
        .setAcceleratorSpec(client.getAccelerator("tensor-g1"))
        .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
        .build();
  }

  static PpeClient client() {
    return PpeClient.inProcess(Duration.ofMinutes(1));
  }

  /** So many different points with their costs. */
  static List<Sample> samples(ModelSpace models, PpeClient client, int count) {
    ServiceCosts service = new ServiceCosts(client::estimate, options(client));
    SplittableRandom random = new SplittableRandom(5);
    Set<Point> seen = new HashSet<>();
    List<Sample> samples = new ArrayList<>();
    while (samples.size() < count) {
      Point point = models.space().sample(random);
      if (seen.add(point)) {
        samples.add(
            new Sample(
                samples.size(), point, service.costs(point, () -> models.graph(point))));
      }
    }
    return samples;
  }

  static CostTrainer trainer(ModelSpace models, PpeClient client, long seed)
      throws InterruptedException {
    return CostTrainer.of(
        models,
        List.of(Metric.LATENCY, Metric.ENERGY),
        new BlockMeter(client::estimate, options(client), 2),
        seed);
  }

  static final Origin ORIGIN =
      new Origin("small", "0a", "tensor-g1", "0b", "analytical", "1.0");

  /** A model of both metrics. */
  static LearnedCosts learned(CostTrainer trainer, ModelKind kind, List<Sample> samples) {
    return new LearnedCosts(
        ORIGIN,
        MODELS.space().parameters(),
        List.of(Metric.LATENCY, Metric.ENERGY).stream()
            .map(
                metric ->
                    new LearnedCosts.Learned(
                        metric, kind, samples.size(), trainer.train(kind, metric, samples)))
            .toList());
  }
}
