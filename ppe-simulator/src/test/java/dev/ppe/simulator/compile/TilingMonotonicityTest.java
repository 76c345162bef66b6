package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.block.ProcessingElement;
import dev.ppe.simulator.block.SimdCore;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.job.MatrixTile;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A better PE costs no layer cycles. Twice the cores do not where the ways to them grow as well;
 * with the same ways they may, see {@link #moreLanesOnTheSamePortMayCostAStep}.
 */
class TilingMonotonicityTest {
  static Stream<Graph> networks() {
    return Stream.of(
            Networks.some().stream(),
            Stream.of(OperatorZoo.everyOperator()),
            IntStream.range(300, 310).mapToObj(Networks::random))
        .flatMap(graphs -> graphs);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void twiceTheLanesNeverCostCycles(Graph graph) {
    assertNeverRise(
        graph,
        IntStream.of(4, 8, 16, 32, 64, 128)
            .mapToObj(n -> machine(new Core.Simd(1, n, 4, 4, false, 4, 1), n, n)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void twiceTheMultipliersOfALaneNeverCostCycles(Graph graph) {
    assertNeverRise(
        graph,
        IntStream.of(1, 2, 4, 8, 16)
            .mapToObj(n -> machine(new Core.Simd(1, 16, n, 4, true, 4, 1), n, 4 * n)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void twiceTheAccumulatorsNeverCostCycles(Graph graph) {
    for (boolean overlap : new boolean[] {true, false}) {
      assertNeverRise(
          graph,
          IntStream.of(1, 2, 4, 8, 64, 4096)
              .mapToObj(n -> machine(new Core.Simd(1, 16, 4, n, false, 5, 1), 8, 3))
              .map(machine -> machine.hiding(overlap, true)));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void widerPortsNeverCostCycles(Graph graph) {
    for (Split split : Split.values()) {
      assertNeverRise(
          graph,
          IntStream.of(1, 2, 3, 4, 9, 64)
              .mapToObj(n -> machine(new Core.Simd(1, 16, 4, 3, false, 4, 1), n, 5))
              .map(machine -> machine.split(split)));
      assertNeverRise(
          graph,
          IntStream.of(1, 2, 3, 4, 9, 64)
              .mapToObj(n -> machine(new Core.Simd(1, 16, 4, 3, false, 4, 1), 8, n))
              .map(machine -> machine.split(split)));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fasterVectorUnitsAndLinksBetweenPesNeverCostCycles(Graph graph) {
    assertNeverRise(
        graph,
        IntStream.of(1, 2, 3, 4, 9, 64)
            .mapToObj(n -> AcceleratorBuilder.small().vectorUnit(n, n + 1)));
    assertNeverRise(
        graph,
        IntStream.of(1, 2, 3, 4, 9, 64).mapToObj(n -> AcceleratorBuilder.small().network(n)));
  }

  private static AcceleratorBuilder machine(Core core, int portBytes, int parameterBytes) {
    return AcceleratorBuilder.small()
        .core(core)
        .peMemory(new PeMemory(1 << 20, portBytes, 8, Overflow.OFF_CHIP))
        .parameterWidths(parameterBytes, parameterBytes);
  }

  private static void assertNeverRise(Graph graph, Stream<AcceleratorBuilder> machines) {
    List<List<Long>> cycles = machines.map(machine -> cycles(graph, machine)).toList();
    for (int i = 1; i < cycles.size(); i++) {
      for (int layer = 0; layer < cycles.get(i).size(); layer++) {
        assertThat(cycles.get(i).get(layer))
            .as("layer %d of %s, machine %d", layer, graph.name(), i)
            .isLessThanOrEqualTo(cycles.get(i - 1).get(layer));
      }
    }
  }

  private static List<Long> cycles(Graph graph, AcceleratorBuilder machine) {
    Mapping mapping = Compiler.map(CanonicalGraph.of(graph), machine.build(), Interruption.NEVER);
    return mapping.tilings().stream().map(t -> t.map(Tiling::totalCycles).orElse(0L)).toList();
  }

  /**
   * Ten groups of 4 to 6, and a port of 8 bytes: on 16 lanes stand two groups, whose words are one
   * read, five times. On 32 stand five, whose 20 bytes are three reads, twice: six cycles.
   */
  @Test
  void moreLanesOnTheSamePortMayCostAStep() {
    MatrixTile tile = new MatrixTile(1, 1, 1, 1, 1, 1, false, 10, 4, 6, 1, 1, 1, false);

    assertThat(activationCycles(16, tile)).isEqualTo(5);
    assertThat(activationCycles(32, tile)).isEqualTo(6);
  }

  private static long activationCycles(int lanes, MatrixTile tile) {
    Core.Simd core = new Core.Simd(1, lanes, 4, 4, false, 4, 1);
    ProcessingElement small = ProcessingElement.of(AcceleratorBuilder.small().build());
    return new SimdCore(core, small.ports(), small.coreMemory()).time(tile).activationCycles();
  }
}
