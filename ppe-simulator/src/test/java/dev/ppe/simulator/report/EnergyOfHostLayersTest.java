package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.power.EnergyModel;
import dev.ppe.simulator.power.EnergyPart;
import dev.ppe.simulator.power.EnergyTables;
import dev.ppe.simulator.zoo.Zoo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The accelerator goes on leaking while the host works: the layer that it waits for pays. */
class EnergyOfHostLayersTest {
  private static final double PERCENT = 1e-7;

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void aLayerOnTheHostPaysForTheAcceleratorThatWaits(Fidelity fidelity) {
    Accelerator accelerator = Presets.get("coral-usb");
    EnergyModel model = new EnergyModel(EnergyTables.get(accelerator.energyTable()), accelerator);

    Evaluation answer =
        PerformanceEvaluator.evaluate(
            Zoo.find("deeplabv3plus_mobilenet_edgetpuv2_m").orElseThrow().graph(),
            accelerator,
            fidelity,
            Interruption.NEVER);

    assertThat(answer.hostOperators()).isPositive();
    double ofHost = 0;
    for (LayerReport layer : answer.layers()) {
      if (!layer.onAccelerator()) {
        double micros = Cycles.toMicros(layer.time().total(), accelerator.clockHz());
        assertThat(layer.energyUj())
            .as(layer.name())
            .isCloseTo(model.standingUj(micros), withinPercentage(PERCENT));
        ofHost += layer.energyUj();
      }
    }
    assertThat(ofHost).isPositive();
    long ofNoLayer =
        answer.time().total()
            - answer.layers().stream().mapToLong(layer -> layer.time().total()).sum();
    assertThat(answer.power().ofNoLayer().of(EnergyPart.MEMORY_LEAKAGE))
        .isCloseTo(
            model
                .price(ActionCounts.NONE, Cycles.toMicros(ofNoLayer, accelerator.clockHz()), 0)
                .of(EnergyPart.MEMORY_LEAKAGE),
            withinPercentage(PERCENT));
  }
}
