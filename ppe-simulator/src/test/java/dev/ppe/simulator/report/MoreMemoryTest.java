package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Grid.Split;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What grows and never costs cycles, on chips that are too small for all of these graphs; where it
 * may cost some, docs/machine-model.md says why.
 */
@Execution(ExecutionMode.CONCURRENT)
class MoreMemoryTest {
  static Stream<Graph> graphs() {
    return Stream.of(
            Stream.of(OperatorZoo.everyOperator()),
            Networks.handMade().stream().filter(graph -> !graph.name().equals("encoder-decoder")),
            IntStream.range(202, 204).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  /** A link or a DRAM outside, cut by search or in space, parameters under other work or not. */
  record Kind(boolean dram, Split split, boolean prefetch) {
    static final List<Kind> ALL =
        Stream.of(true, false)
            .flatMap(
                dram ->
                    Stream.of(Split.values())
                        .flatMap(
                            split ->
                                Stream.of(true, false)
                                    .map(prefetch -> new Kind(dram, split, prefetch))))
            .toList();

    AcceleratorBuilder small() {
      AcceleratorBuilder small =
          AcceleratorBuilder.small()
              .peMemoryBytes(16 << 10)
              .parameterMemory(4 << 10, 8 << 10)
              .split(split)
              .hiding(true, prefetch);
      return dram ? small.withoutHostLink().dram(1_000_000_000, 50) : small;
    }
  }

  private static void assertNeverRises(
      Graph graph, long[] sizes, LongFunction<AcceleratorBuilder> machine) {
    long before = Long.MAX_VALUE;
    for (long size : sizes) {
      long now = Evaluate.on(machine.apply(size), graph).time().total();
      assertThat(now).as("%s with %d", graph.name(), size).isLessThanOrEqualTo(before);
      before = now;
    }
  }

  /** Core memories are parts of it: they grow with it. */
  @ParameterizedTest
  @MethodSource("graphs")
  void moreStagingMemoryNeverCostsCyclesWhereBlocksStayAndParametersComeInOneGo(Graph graph) {
    for (Kind kind : Kind.ALL) {
      if (kind.split() == Split.SPATIAL && !kind.prefetch()) {
        assertNeverRises(
            graph,
            new long[] {1, 2, 3, 6, 16, 64, 256},
            kib -> kind.small().parameterMemory(4 << 10, kib << 10));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void moreParameterMemoryNeverCostsCycles(Graph graph) {
    for (Kind kind : Kind.ALL) {
      assertNeverRises(
          graph,
          new long[] {0, 20, 400, 20_000},
          kib -> kind.small().parameterMemory(kib << 10, 8 << 10));
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void moreBandwidthNeverCostsCycles(Graph graph) {
    for (Kind kind : Kind.ALL) {
      assertNeverRises(
          graph,
          new long[] {250_000_000, 750_000_000, 16_000_000_000L},
          rate ->
              kind.dram() ? kind.small().dram(rate, 50) : kind.small().hostLink(rate, rate, 100));
    }
  }
}
