package dev.ppe.simulator;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
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
 * A network on a 32 x 32 array behind a DRAM. The target is ResNet-18 in under 20 ms on one warm
 * core.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec \
 *     -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 SystolicBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SystolicBenchmark {
  @Param({"resnet18", "mobilenet_v2"})
  public String network = "";

  @Param public Dataflow dataflow = Dataflow.OUTPUT_STATIONARY;

  @Param({"false", "true"})
  public boolean hides;

  private Graph graph;
  private Accelerator accelerator;

  @Setup
  public void prepare() {
    graph = Zoo.find(network).orElseThrow().graph();
    accelerator = SystolicMachines.withDram(dataflow, hides);
  }

  @Benchmark
  public Evaluation evaluate() {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }
}
