package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pointwise layer from 16 to 32 channels on the small accelerator: each of four PEs has 16
 * positions, which it reads in 4 words of 4 bytes, twice, for the port 8 bytes wide a cycle each:
 * 128 cycles; it computes as long, and writes 512 bytes in 64 cycles.
 */
class BanksTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private static TimeBreakdown time(Graph graph, AcceleratorBuilder accelerator, Fidelity how) {
    return PerformanceEvaluator.evaluate(graph, accelerator.build(), how, Interruption.NEVER)
        .time();
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void oneBankServesOperandsAndResultsInTurn(Fidelity fidelity) {
    Graph graph = net.build(net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, Activation.NONE));
    TimeBreakdown one = time(graph, AcceleratorBuilder.small().banks(1), fidelity);
    TimeBreakdown two = time(graph, AcceleratorBuilder.small().banks(2), fidelity);

    assertThat(one.of(Cause.PE_MEMORY_BANK)).isEqualTo(64);
    assertThat(one.total()).isEqualTo(two.total() + 64);
    assertThat(two.of(Cause.PE_MEMORY_BANK)).isZero();
  }

  /**
   * 16 x 16 positions of 4 and of 64 channels: 256 and 4096 bytes a PE, of which half has room. In
   * three passes a third of each comes and goes with nothing beside it.
   */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void whatComesAndGoesUnderTheWorkTakesTheBankToo(Fidelity fidelity) {
    Graph graph = net.build(net.pointwise("y", net.input("x", 1, 16, 16, 4), 64, Activation.NONE));
    AcceleratorBuilder small = AcceleratorBuilder.small().peMemoryBytes(2176);
    TimeBreakdown apart = time(graph, small.banks(4), fidelity);
    TimeBreakdown two = time(graph, small.banks(2), fidelity);
    TimeBreakdown one = time(graph, small.banks(1), fidelity);

    assertThat(apart.of(Cause.PE_MEMORY_BANK)).isZero();
    assertThat(one.total()).isGreaterThan(two.total());
    assertThat(two.total()).isGreaterThanOrEqualTo(apart.total());
  }

  @Test
  void beyondThreeBanksNothingChanges() {
    Graph graph = net.build(net.pointwise("y", net.input("x", 1, 16, 16, 4), 64, Activation.NONE));
    AcceleratorBuilder small = AcceleratorBuilder.small().peMemoryBytes(2176);

    assertThat(time(graph, small.banks(3), Fidelity.CYCLE))
        .isEqualTo(time(graph, small.banks(1024), Fidelity.CYCLE));
  }
}
