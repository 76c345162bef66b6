package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.power.Component;
import dev.ppe.simulator.power.EnergyPart;
import dev.ppe.simulator.power.PowerAtRate;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network on every accelerator, evaluated once at each fidelity: energies add up, and the
 * closed forms have nearly the cycle-level answer.
 */
class AllNetworksTest {
  private static final double PERCENT = 1e-7; // 1e-9 of the whole

  static Stream<ZooModel> networks() {
    return Zoo.models().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void partsAddUpToTheWholeAndFidelitiesAgree(ZooModel model) {
    CanonicalGraph network = CanonicalGraph.of(model.graph());
    TilingMemo memo = new BoundedTilingMemo(1 << 14);
    for (String preset : Presets.names()) {
      Map<Fidelity, Evaluation> answers = new EnumMap<>(Fidelity.class);
      for (Fidelity fidelity : Fidelity.values()) {
        Evaluation answer =
            PerformanceEvaluator.evaluate(
                network, Presets.get(preset), fidelity, Precision.STORED, memo, Interruption.NEVER);
        addsUp(model, preset, fidelity, answer);
        isSensible(fidelity, answer);
        answers.put(fidelity, answer);
      }
      agree(model, preset, answers.get(Fidelity.ANALYTICAL), answers.get(Fidelity.CYCLE));
    }
  }

  private static void isSensible(Fidelity fidelity, Evaluation answer) {
    assertThat(answer.fidelity()).isEqualTo(fidelity);
    assertThat(answer.latencyUs()).isPositive();
    assertThat(answer.firstLatencyUs()).isGreaterThanOrEqualTo(answer.latencyUs());
    assertThat(answer.utilization()).isBetween(0.0, 1.0);
  }

  private static void agree(ZooModel model, String preset, Evaluation answer, Evaluation exact) {
    assertThat(answer.latencyUs())
        .as("%s on %s", model.name(), preset)
        .isCloseTo(exact.latencyUs(), withinPercentage(1));
    assertThat(answer.energy().totalUj())
        .as("%s on %s", model.name(), preset)
        .isCloseTo(exact.energy().totalUj(), withinPercentage(1));
  }

  private static void addsUp(ZooModel model, String preset, Fidelity fidelity, Evaluation answer) {
    double whole = answer.energy().totalUj();

    for (EnergyPart part : EnergyPart.values()) { // and so components, and all together
      double parts =
          answer.power().ofNoLayer().of(part)
              + answer.layers().stream().mapToDouble(layer -> layer.energy().of(part)).sum();
      assertThat(parts)
          .as("%s %s %s %s", model.name(), preset, fidelity, part)
          .isCloseTo(answer.energy().of(part), withinPercentage(PERCENT));
    }
    assertThat(Arrays.stream(Component.values()).mapToDouble(c -> answer.energy().of(c)).sum())
        .isCloseTo(whole, withinPercentage(PERCENT));
    assertThat(
            answer.power().ofNoLayer().totalUj()
                + answer.layers().stream().mapToDouble(LayerReport::energyUj).sum())
        .isCloseTo(whole, withinPercentage(PERCENT));
    assertThat(answer.power().trace().microjoules()).isCloseTo(whole, withinPercentage(PERCENT));
    // So many windows cover the inference.
    double windows = Math.ceil(answer.latencyUs() / answer.power().peakWindowUs());
    assertThat(answer.power().peakMw() * windows * answer.power().peakWindowUs() * 1e-3)
        .isGreaterThanOrEqualTo(whole * (1 - 1e-9));
    PowerAtRate atRate = answer.atRate(PowerAtRate.DEFAULT_RATE);
    assertThat(atRate.averageMw()).isLessThanOrEqualTo(answer.averagePowerMw() * (1 + 1e-9));
    assertThat(atRate.activeUj()).isLessThanOrEqualTo(whole);
  }
}
