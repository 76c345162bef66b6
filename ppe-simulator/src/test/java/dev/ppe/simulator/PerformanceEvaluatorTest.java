package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.power.Component;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.EnergyPart;
import dev.ppe.simulator.power.EnergyTable;
import dev.ppe.simulator.power.EnergyTables;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerformanceEvaluatorTest {
  private static final Accelerator SMALL = AcceleratorBuilder.small().build();

  /** A 1 x 1 convolution from 16 to 32 channels over 8 x 8 positions. */
  private static Graph oneLayer() {
    GraphBuilder net = GraphBuilder.named("one-layer", Arithmetic.INT8);
    return net.build(net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, Activation.NONE));
  }

  /**
   * A cycle of "small" is a nanosecond, its link takes a byte in one, gives one in two, and waits
   * 100 before:
   *
   * <ul>
   *   <li>invocation: 1000
   *   <li>instructions: 200 + 100 bytes, 400 cycles
   *   <li>input: 8 x 8 x 16 = 1024 bytes, 1124 cycles
   *   <li>compute: 16 positions a PE x 4 words x 2 passes = 128
   *   <li>output: 8 x 8 x 32 = 2048 bytes, 4196 cycles
   * </ul>
   *
   * In all 6848. Before the first inference come an invocation and 16 x 32 + 8 x 32 = 768 bytes of
   * parameters: 1000 + 868.
   */
  @Test
  void aNetworkOfOneLayerTakesWhatItsPartsTake() {
    Evaluation answer = evaluate(oneLayer(), SMALL);

    assertThat(answer.time().of(Cause.INVOCATION)).isEqualTo(1000);
    assertThat(answer.time().of(Cause.HOST_LINK)).isEqualTo(400 + 1124 + 4196);
    assertThat(answer.time().of(Cause.COMPUTE)).isEqualTo(128);
    assertThat(answer.time().total()).isEqualTo(6848);
    assertThat(answer.latencyUs()).isEqualTo(6.848);
    assertThat(answer.firstLatencyUs()).isEqualTo(8.716);
    assertThat(answer.cycles()).isEqualTo(5848);
    assertThat(answer.macs()).isEqualTo(8 * 8 * 16 * 32);
    assertThat(answer.parameters()).isEqualTo(16 * 32 + 32);
    assertThat(answer.utilization()).isEqualTo(128.0 / 5848); // all 256 MACs while it computes
    assertThat(answer.operators()).isEqualTo(1);
    assertThat(answer.hostOperators()).isZero();
    assertThat(answer.memory().paramsCachedBytes()).isEqualTo(768);
    assertThat(answer.memory().paramsStreamedBytes()).isZero();
    assertThat(answer.memory().instructionBytes()).isEqualTo(300);
    assertThat(answer.memory().inputBytes()).isEqualTo(1024);
    assertThat(answer.memory().outputBytes()).isEqualTo(2048);
    assertThat(answer.memory().peMemoryPeakBytes()).isEqualTo(256 + 256 + 512); // and landing
  }

  @Test
  void theReportOfALayerSaysWhereItsTimeWent() {
    LayerReport layer = evaluate(oneLayer(), SMALL).layers().getFirst();

    assertThat(layer.name()).isEqualTo("y");
    assertThat(layer.kind()).isEqualTo("conv");
    assertThat(layer.onAccelerator()).isTrue();
    assertThat(layer.placementReason()).isEmpty();
    assertThat(layer.cycles()).isEqualTo(128);
    assertThat(layer.boundBy()).isEqualTo(Cause.COMPUTE);
    assertThat(layer.startCycle()).isEqualTo(2524);
    assertThat(layer.finishCycle()).isEqualTo(2652);
    assertThat(layer.utilization()).isEqualTo(1.0);
    assertThat(layer.parametersCached()).isTrue();
    assertThat(layer.tiling()).isEqualTo("4x1x1");
  }

  /**
   * At 28 nm, on the lines between 45 and 7 nm: 32,768 MACs at 0.2266 pJ; PE memories of 64 KiB
   * take in 1024 + 2048 bytes and give 2048 + 2048, and 16 KiB of a parameter memory give 32 lines
   * of 64 bytes, each to 4 PEs; 300 + 1024 + 2048 bytes go over the link at 40 pJ. For 6.848 us
   * leak 256 multipliers of 15.9 uW and 320 KiB of 10 mW a MiB. Their clock, 0.45 pJ a cycle each
   * and 20 a PE, is on for 128 of 6848 cycles and for a fifth of the others.
   */
  @Test
  void itsEnergyIsThatOfItsActionsAndItsTime() {
    EnergyBreakdown energy = evaluate(oneLayer(), SMALL).energy();
    EnergyTable table = EnergyTables.get("coral-28nm");
    double clocked = 0.2 * 6.848 + 0.8 * 0.128;

    assertThat(energy.of(EnergyPart.MACS)).isCloseTo(32_768 * 0.2266e-6, withinPercentage(0.01));
    assertThat(energy.of(EnergyPart.PE_MEMORY))
        .isCloseTo(7168 * table.sramBytePj(64 << 10) * 1e-6, withinPercentage(1e-9));
    assertThat(energy.of(EnergyPart.CORE_MEMORY))
        .isCloseTo(32 * 64 * table.sramBytePj(16 << 10) * 1e-6, withinPercentage(1e-9));
    assertThat(energy.of(Component.HOST_LINK)).isCloseTo(3372 * 40e-6, withinPercentage(1e-9));
    assertThat(energy.of(EnergyPart.ARRAY_LEAKAGE))
        .isCloseTo(256 * 15.9e-3 * 6.848e-3, withinPercentage(1e-9));
    assertThat(energy.of(EnergyPart.MEMORY_LEAKAGE))
        .isCloseTo(320 / 1024.0 * 10 * 6.848e-3, withinPercentage(1e-9));
    assertThat(energy.of(EnergyPart.ARRAY_CLOCK))
        .isCloseTo(256 * 0.45 * clocked * 1e-3, withinPercentage(1e-9));
    assertThat(energy.of(EnergyPart.PE_CLOCK))
        .isCloseTo(4 * 20 * clocked * 1e-3, withinPercentage(1e-9));
    assertThat(energy.of(Component.DRAM)).isZero();
  }

  static List<Graph> networks() {
    return Networks.some();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theSameQuestionHasTheSameAnswer(Graph graph) {
    for (String preset : Presets.names()) {
      Accelerator accelerator = Presets.get(preset);

      assertThat(evaluate(graph, accelerator)).isEqualTo(evaluate(graph, accelerator));
    }
  }

  @Test
  void anAnswerSaysWhatItIsAbout() {
    Graph graph = oneLayer();
    Evaluation answer = evaluate(graph, SMALL);

    assertThat(answer.modelName()).isEqualTo("one-layer");
    assertThat(answer.accelerator()).isEqualTo("small");
    assertThat(answer.fidelity()).isEqualTo(Fidelity.CYCLE);
    assertThat(answer.graphHash()).isEqualTo(CanonicalGraph.of(graph).hash());
    assertThat(answer.simulatorVersion()).isEqualTo(SimulatorVersion.CURRENT);
    assertThat(answer.averagePowerMw())
        .isCloseTo(answer.energy().totalUj() / 6.848 * 1000, within(1e-9));
  }

  /** Whatever it is busy with: each check in turn refuses to go on. */
  @Test
  void anInterruptionStopsTheEvaluationWhereverItIs() {
    Graph graph = Networks.random(3);
    Accelerator accelerator = Presets.get("tensor-g1");
    AtomicInteger checks = new AtomicInteger();
    PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, checks::incrementAndGet);

    assertThat(checks.get()).isGreaterThan(20);
    for (int last = 0; last < checks.get(); last++) {
      AtomicInteger left = new AtomicInteger(last);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () ->
                  PerformanceEvaluator.evaluate(
                      graph,
                      accelerator,
                      Fidelity.CYCLE,
                      () -> {
                        if (left.getAndDecrement() == 0) {
                          throw new CancellationException("enough");
                        }
                      }))
          .withMessage("enough");
    }
  }

  @Test
  void anUnknownEnergyTableIsNamed() {
    Accelerator nameless =
        new Accelerator(
            SMALL.name(),
            SMALL.description(),
            SMALL.clockHz(),
            SMALL.grid(),
            SMALL.core(),
            SMALL.peMemory(),
            SMALL.parameterMemory(),
            SMALL.vectorUnit(),
            SMALL.network(),
            SMALL.dram(),
            SMALL.hostLink(),
            SMALL.invocation(),
            SMALL.types(),
            SMALL.macCycles(),
            SMALL.placement(),
            SMALL.host(),
            "coral-1nm");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluate(oneLayer(), nameless))
        .withMessageContaining("energy_table names \"coral-1nm\"; there are coral-28nm");
  }

  /** Nothing overlaps in one layer, so the formulas are exact; the report says which they are. */
  @Test
  void theAnalyticalFidelityGivesTheSameReport() {
    Evaluation answer =
        PerformanceEvaluator.evaluate(oneLayer(), SMALL, Fidelity.ANALYTICAL, Interruption.NEVER);
    Evaluation exact = evaluate(oneLayer(), SMALL);

    assertThat(answer.fidelity()).isEqualTo(Fidelity.ANALYTICAL);
    assertThat(answer.latencyUs()).isEqualTo(6.848);
    assertThat(answer.firstLatencyUs()).isEqualTo(8.716);
    assertThat(answer.time()).isEqualTo(exact.time());
    assertThat(answer.energy()).isEqualTo(exact.energy());
    assertThat(answer.layers()).isEqualTo(exact.layers());
  }

  private static Evaluation evaluate(Graph graph, Accelerator accelerator) {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }
}
