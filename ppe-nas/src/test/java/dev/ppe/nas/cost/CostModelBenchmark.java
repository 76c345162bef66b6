package dev.ppe.nas.cost;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.evaluate.ServiceCosts;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Fidelity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A prediction, from the point to the figure; the target is less than 10 us.
 *
 * <pre>
 * ./build -pl ppe-nas test-compile exec:exec -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 CostModelBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CostModelBenchmark {
  private static final int SAMPLES = 500;

  @Param({"TABLE", "LINEAR", "BOOSTED"})
  public ModelKind kind = ModelKind.TABLE;

  private Predictor predictor;
  private List<Sample> samples;
  private int next;

  @Setup
  public void train() throws InterruptedException {
    ModelSpace models = Spaces.find("mobilenet-edgetpu-v2").orElseThrow();
    try (PpeClient client = PpeClient.inProcess(Duration.ofMinutes(1))) {
      EstimateRequest options =
          EstimateRequest.newBuilder()
              .setAcceleratorSpec(client.getAccelerator("coral-usb"))
              .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
              .build();
      ServiceCosts service = new ServiceCosts(client::estimate, options);
      samples =
          Costs.samples(models, SAMPLES, point -> service.costs(point, () -> models.graph(point)));
      predictor =
          CostTrainer.of(
                  models, List.of(Metric.LATENCY), new BlockMeter(client::estimate, options, 2), 1)
              .train(kind, Metric.LATENCY, samples);
    }
  }

  @Benchmark
  public double predict() {
    Point point = samples.get(next).point();
    next = (next + 1) % SAMPLES;
    return predictor.predict(point);
  }
}
