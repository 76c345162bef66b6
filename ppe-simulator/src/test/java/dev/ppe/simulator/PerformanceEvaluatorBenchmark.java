package dev.ppe.simulator;

import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.simulate.Machine;
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
 * One evaluation, and its parts. The target is MobileNetV2 in under 2 ms on one warm core.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec \
 *     -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 PerformanceEvaluatorBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PerformanceEvaluatorBenchmark {
  @Param({"mobilenet_v2", "mobilenet_edgetpu_v2_s", "chain-1000"})
  public String network = "";

  @Param({"coral-usb", "tensor-g1"})
  public String preset = "";

  private Graph graph;
  private Accelerator accelerator;
  private CanonicalGraph canonical;
  private Mapping mapping;
  private Program program;

  @Setup
  public void prepare() {
    graph =
        Zoo.find(network)
            .map(model -> model.graph())
            .orElseGet(() -> Networks.chain(Integer.parseInt(network.substring(6))));
    accelerator = Presets.get(preset);
    canonical = CanonicalGraph.of(graph);
    mapping = Compiler.map(canonical, accelerator, Interruption.NEVER);
    program = Scheduler.program(mapping, Interruption.NEVER);
  }

  @Benchmark
  public Evaluation evaluate() {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }

  @Benchmark
  public CanonicalGraph canonicaliseAndHash() {
    return CanonicalGraph.of(graph);
  }

  @Benchmark
  public Mapping map() {
    return Compiler.map(canonical, accelerator, Interruption.NEVER);
  }

  @Benchmark
  public Program program() {
    return Scheduler.program(mapping, Interruption.NEVER);
  }

  @Benchmark
  public Activity run() {
    return Machine.run(program, Interruption.NEVER);
  }
}
