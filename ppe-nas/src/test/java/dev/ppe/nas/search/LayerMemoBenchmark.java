package dev.ppe.nas.search;

import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a memo of layers saves of an evaluation: the next of 500 distinct candidates of a search
 * space, with layers remembered for one network or for all.
 *
 * <pre>
 * ./build -pl ppe-nas test-compile exec:exec -Djmh="-f 1 -wi 10 -w 1 -i 5 -r 1 LayerMemoBenchmark"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerMemoBenchmark {
  private static final int CANDIDATES = 500;

  @Param({"mobilenet-edgetpu-v2", "mobiledet"})
  public String space = "";

  @Param({"tensor-g1", "coral-usb"})
  public String preset = "";

  private final TilingMemo forAll = new BoundedTilingMemo(1 << 14);
  private List<CanonicalGraph> candidates;
  private Accelerator accelerator;
  private int next;

  @Setup
  public void draw() {
    ModelSpace models = Spaces.find(space).orElseThrow();
    SplittableRandom random = new SplittableRandom(1);
    accelerator = Presets.get(preset);
    candidates =
        Stream.generate(() -> models.space().sample(random))
            .distinct()
            .limit(CANDIDATES)
            .map(point -> CanonicalGraph.of(models.graph(point)))
            .toList();
    candidates.forEach(candidate -> evaluate(candidate, forAll));
  }

  private Evaluation evaluate(CanonicalGraph graph, TilingMemo memo) {
    return PerformanceEvaluator.evaluate(
        graph, accelerator, Fidelity.CYCLE, Precision.STORED, memo, Interruption.NEVER);
  }

  private CanonicalGraph nextCandidate() {
    next = (next + 1) % candidates.size();
    return candidates.get(next);
  }

  @Benchmark
  public Evaluation rememberedForOneNetwork() {
    return evaluate(nextCandidate(), TilingMemo.PER_EVALUATION);
  }

  @Benchmark
  public Evaluation rememberedForAll() {
    return evaluate(nextCandidate(), forAll);
  }
}
