package dev.ppe.simulator.analytic;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
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
 * The closed-form model. The targets are MobileNetV2 in under 0.1 ms given its mapping, and in
 * under 1 ms from a parsed graph, report included.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec \
 *     -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 AnalyticalBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnalyticalBenchmark {
  @Param({"mobilenet_v2", "nasbench201/1"})
  public String network = "";

  @Param({"coral-usb", "tensor-g1"})
  public String preset = "";

  private Graph graph;
  private Accelerator accelerator;
  private Mapping mapping;

  @Setup
  public void prepare() {
    graph = Zoo.find(network).orElseThrow().graph();
    accelerator = Presets.get(preset);
    mapping = Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }

  @Benchmark
  public Activity givenTheMapping() {
    return AnalyticalModel.inference(mapping, Interruption.NEVER);
  }

  @Benchmark
  public Evaluation fromTheGraph() {
    return PerformanceEvaluator.evaluate(
        graph, accelerator, Fidelity.ANALYTICAL, Interruption.NEVER);
  }
}
