package dev.ppe.simulator.compile;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * A whole evaluation of the next network, with nothing known before and with a memo that outlives
 * it: the same network again and again, and 300 candidates of a search over MobileNetV2's kernels
 * and expansions, which share most of their layers.
 *
 * <pre>
 * ./build -pl ppe-simulator test-compile exec:exec \
 *     -Djmh="-f 1 -wi 5 -w 1 -i 5 -r 1 TilingMemoBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TilingMemoBenchmark {
  private static final int CANDIDATES = 300;
  private static final int[] CHANNELS = {16, 24, 32, 64, 96, 160};

  @Param({"mobilenet_v2", "candidates"})
  public String networks = "";

  @Param({"coral-usb", "tensor-g1"})
  public String preset = "";

  @Param({"CYCLE", "ANALYTICAL"})
  public Fidelity fidelity = Fidelity.CYCLE;

  private final List<Graph> graphs = new ArrayList<>();
  private Accelerator accelerator;
  private TilingMemo memo;
  private int next;

  @Setup
  public void prepare() {
    accelerator = Presets.get(preset);
    memo = new BoundedTilingMemo(1 << 14);
    Random random = new Random(1);
    if (networks.equals("candidates")) {
      for (int i = 0; i < CANDIDATES; i++) {
        graphs.add(candidate(random));
      }
    } else {
      graphs.add(Zoo.find(networks).orElseThrow().graph());
    }
    graphs.forEach(graph -> evaluate(graph, memo));
  }

  /** Eighteen inverted bottlenecks, each with one of two kernels and two expansions. */
  private static Graph candidate(Random random) {
    GraphBuilder net = GraphBuilder.named("candidate", Arithmetic.INT8);
    Value x =
        net.conv("stem", net.input("x", 1, 224, 224, 3), 32, Kernel.of(3, 2), Activation.RELU6);
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int block = 0; block < 3; block++) {
        String name = stage + "." + block;
        int stride = block == 0 && stage > 0 && stage != 4 ? 2 : 1;
        int expanded = x.shape().innermost() * (random.nextBoolean() ? 3 : 6);
        Kernel kernel = Kernel.of(random.nextBoolean() ? 3 : 5, stride);
        Value y = net.pointwise(name + "/expand", x, expanded, Activation.RELU6);
        y = net.depthwise(name + "/depthwise", y, kernel, Activation.RELU6);
        y = net.pointwise(name + "/project", y, CHANNELS[stage], Activation.NONE);
        x = y.shape().equals(x.shape()) ? net.add(name + "/add", x, y, Activation.NONE) : y;
      }
    }
    return net.build(x);
  }

  private Evaluation evaluate(Graph graph, TilingMemo known) {
    return PerformanceEvaluator.evaluate(
        CanonicalGraph.of(graph),
        accelerator,
        fidelity,
        Precision.STORED,
        known,
        Interruption.NEVER);
  }

  private Graph nextGraph() {
    next = (next + 1) % graphs.size();
    return graphs.get(next);
  }

  @Benchmark
  public Evaluation nothingKnown() {
    return evaluate(nextGraph(), TilingMemo.PER_EVALUATION);
  }

  @Benchmark
  public Evaluation warmMemo() {
    return evaluate(nextGraph(), memo);
  }
}
