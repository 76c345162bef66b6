package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network goes through the whole of the simulator. */
class ZooEvaluationTest {

  static Stream<Arguments> networksAndAccelerators() {
    return Zoo.models().stream()
        .map(ZooModel::name)
        .flatMap(
            model ->
                Stream.of("tensor-g1", "coral-usb").map(preset -> Arguments.of(model, preset)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("networksAndAccelerators")
  void networkTakesTimeAndPower(String model, String preset) {
    Accelerator accelerator = Presets.get(preset);
    var evaluation =
        PerformanceEvaluator.evaluate(
            Zoo.find(model).orElseThrow().graph(), accelerator, Fidelity.CYCLE, Interruption.NEVER);
    assertThat(List.of(evaluation.latencyUs(), evaluation.averagePowerMw()))
        .allSatisfy(figure -> assertThat(figure).isPositive().isFinite());
  }
}
