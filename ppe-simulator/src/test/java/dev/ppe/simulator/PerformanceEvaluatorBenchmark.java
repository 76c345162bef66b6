package dev.ppe.simulator;

import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.simulate.Machine;
import dev.ppe.simulator.zoo.Zoo;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Compilation, simulation, both, and a whole evaluation, which also converts, hashes, prices and
 * reports. Nothing is remembered from one to the next. Targets: MobileNetV2 compiled and simulated
 * in under 2 ms and 4 MB on one warm core, ResNet-18 on an array with DRAM in under 20 ms, cost
 * linear up to 10,000 operators. The number of the machine's events is printed before a task's
 * first figures, and {@code events} is the time of one; {@code -prof gc} adds the bytes allocated,
 * {@code gc.alloc.rate.norm}.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec \
 *     -Djmh="-f 1 -wi 3 -w 1 -i 3 -r 1 -prof gc PerformanceEvaluatorBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PerformanceEvaluatorBenchmark {
  private static final String SYSTOLIC = "systolic-32x32-dram";

  /** A network and what runs it. */
  @Param({
    "mobilenet_v2@coral-usb",
    "mobilenet_v2@tensor-g1",
    "mobilenet_edgetpu_v2_s@tensor-g1",
    "resnet18@" + SYSTOLIC,
    "chain-1000@tensor-g1",
    "chain-10000@tensor-g1",
    "skips-10000@tensor-g1"
  })
  public String task = "";

  private Graph graph;
  private Accelerator accelerator;
  private CanonicalGraph canonical;
  private Program program;

  /** How much the machine had to do, in all calls together: JMH divides the time by it. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long events;

    void add(Program program) {
      events += program.instructions().size(); // each is an event when it ends
    }
  }

  @Setup
  public void prepare() {
    String network = task.substring(0, task.indexOf('@'));
    String preset = task.substring(task.indexOf('@') + 1);
    graph = graph(network);
    accelerator =
        preset.equals(SYSTOLIC)
            ? SystolicMachines.withDram(Dataflow.OUTPUT_STATIONARY, true)
            : Presets.get(preset);
    canonical = CanonicalGraph.of(graph);
    program = compileOnce();
    System.out.printf("%s: %d events%n", task, program.instructions().size());
  }

  private static Graph graph(String network) {
    if (Zoo.find(network).isPresent()) {
      return Zoo.find(network).orElseThrow().graph();
    }
    int layers = Integer.parseInt(network.substring(network.indexOf('-') + 1));
    return network.startsWith("skips")
        ? Networks.withSkips(layers, layers / 2 + 1)
        : Networks.chain(layers);
  }

  private Program compileOnce() {
    return Compiler.compile(canonical, accelerator, Phase.SCHEDULE, Interruption.NEVER)
        .program()
        .orElseThrow();
  }

  @Benchmark
  public Program compile() {
    return compileOnce();
  }

  @Benchmark
  public Activity simulate(Work work) {
    work.add(program);
    return Machine.run(program, Interruption.NEVER);
  }

  @Benchmark
  public Activity compileAndSimulate(Work work) {
    Program compiled = compileOnce();
    work.add(compiled);
    return Machine.run(compiled, Interruption.NEVER);
  }

  @Benchmark
  public Evaluation evaluate() {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }

  @Benchmark
  public CanonicalGraph canonicaliseAndHash() {
    return CanonicalGraph.of(graph);
  }
}
