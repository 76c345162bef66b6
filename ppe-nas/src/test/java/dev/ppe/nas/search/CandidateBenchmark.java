package dev.ppe.nas.search;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.evaluate.CandidateEvaluator;
import dev.ppe.nas.evaluate.Evaluated;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.quality.CapacityProxy;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.v1.EstimateRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a candidate costs: drawn, changed, built (the target is well under a millisecond), evaluated
 * at the cycle level.
 *
 * <pre>
 * ./build -pl ppe-nas test-compile exec:exec -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 CandidateBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CandidateBenchmark {
  @Param({"mobilenet-edgetpu-v2", "nasbench201", "mobiledet"})
  public String space = "";

  private final SplittableRandom random = new SplittableRandom(1);
  private ModelSpace models;
  private PpeClient client;
  private CandidateEvaluator evaluator;
  private Point point;

  @Setup
  public void open() {
    models = Spaces.find(space).orElseThrow();
    client = PpeClient.inProcess(Duration.ofMinutes(1));
    evaluator =
        new CandidateEvaluator(
            models,
            client::estimate,
            EstimateRequest.newBuilder().setAcceleratorName("tensor-g1").build(),
            ObjectiveParser.parse("quality, latency<=1ms"),
            new CapacityProxy());
    point = models.space().sample(random);
  }

  @TearDown
  public void close() {
    client.close();
  }

  @Benchmark
  public Point sample() {
    return models.space().sample(random);
  }

  @Benchmark
  public Point mutate() {
    point = models.space().mutate(point, random);
    return point;
  }

  @Benchmark
  public Graph graph() {
    return models.graph(models.space().sample(random));
  }

  @Benchmark
  public Evaluated evaluate() throws InterruptedException {
    return evaluator.evaluate(0, models.space().sample(random));
  }
}
