package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.report.MoreMemoryTest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole networks on cores with twice the lanes, and ports to match, where all activations fit (the
 * room that these take depends on the lanes as well: images land through a line of weights). What
 * may cost cycles then is that parameters are stored for whole quarters of the lanes, and fetched.
 */
@Execution(ExecutionMode.CONCURRENT)
class MoreLanesTest {
  private static final int LATENCY = 100; // of a link; of the DRAM, 50

  static Stream<Graph> graphs() {
    return Stream.of(
            Stream.of(OperatorZoo.everyOperator()),
            Networks.handMade().stream().filter(graph -> graph.name().equals("branches")),
            IntStream.of(205).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  private static AcceleratorBuilder machine(Kind kind, int lanes, long cacheBytes) {
    return kind.small()
        .core(new Core.Simd(1, lanes, 4, 4, false, 4, 1))
        .peMemory(new PeMemory(4 << 20, lanes, 8, Overflow.OFF_CHIP))
        .parameterMemory(cacheBytes, 8 << 10)
        .parameterWidths(lanes, lanes)
        .hiding(true, kind.prefetch());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void twiceTheLanesNeverCostCyclesWhereParametersStay(Graph graph) {
    for (Kind kind : Kind.ALL) {
      long before = Long.MAX_VALUE;
      for (int lanes = 4; lanes <= 128; lanes *= 2) {
        long now = Evaluate.on(machine(kind, lanes, 512 << 20), graph).time().total();
        assertThat(now)
            .as("%s on %s with %d lanes", graph.name(), kind, lanes)
            .isLessThanOrEqualTo(before);
        before = now;
      }
    }
  }

  /** At a byte a cycle; a layer more that fetches waits for the way to answer once more. */
  @ParameterizedTest
  @MethodSource("graphs")
  void whereTheyAreFetchedInOneGoTwiceTheLanesCostNoMoreThanWhatIsFetchedMore(Graph graph) {
    for (Kind kind : Kind.ALL) {
      if (kind.prefetch()) {
        continue; // pieces are larger, too, as the lanes take more at a time
      }
      List<Evaluation> before = new ArrayList<>();
      for (int lanes = 4; lanes <= 128; lanes *= 2) {
        Evaluation now = Evaluate.on(machine(kind, lanes, 4 << 10), graph);
        for (Evaluation less : before) {
          long bytes = now.memory().paramsStreamedBytes() - less.memory().paramsStreamedBytes();
          long layers = Math.max(0, fetching(now) - fetching(less));
          assertThat(now.time().total())
              .as("%s on %s with %d lanes", graph.name(), kind, lanes)
              .isLessThanOrEqualTo(less.time().total() + Math.max(0, bytes) + LATENCY * layers);
        }
        before.add(now);
      }
    }
  }

  private static long fetching(Evaluation evaluation) {
    return evaluation.layers().stream()
        .filter(layer -> layer.parameterBytes() > 0 && !layer.parametersCached())
        .count();
  }

  /**
   * 16 channels of 16 weights and 8 bytes of bias and scale are 384 bytes, in one quarter of 64
   * lanes. Of 128 lanes a quarter is 32: 768 bytes. Both take 16 positions x 4 words in one pass.
   */
  @Test
  void channelsArePaddedToAQuarterOfTheLanes() {
    GraphBuilder net = GraphBuilder.named("sixteen", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    Graph graph = net.build(net.pointwise("y", x, 16, Activation.NONE));
    Kind kind = Kind.ALL.stream().filter(k -> k.dram() && !k.prefetch()).findFirst().orElseThrow();

    Evaluation narrow = Evaluate.on(machine(kind, 64, 0), graph);
    Evaluation wide = Evaluate.on(machine(kind, 128, 0), graph);

    assertThat(narrow.memory().paramsStreamedBytes()).isEqualTo(384);
    assertThat(wide.memory().paramsStreamedBytes()).isEqualTo(768);
    assertThat(wide.time().total()).isEqualTo(narrow.time().total() + 384);
  }
}
