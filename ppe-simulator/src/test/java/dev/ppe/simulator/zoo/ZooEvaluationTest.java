package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
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
                Stream.of("tensor-g1", "coral-usb")
                    .flatMap(
                        preset ->
                            Stream.of(Arithmetic.values())
                                .map(arithmetic -> Arguments.of(model, arithmetic, preset))));
  }

  @ParameterizedTest(name = "{0} in {1} on {2}")
  @MethodSource("networksAndAccelerators")
  void networkTakesTimeAndPower(String model, Arithmetic arithmetic, String preset) {
    Accelerator accelerator = Presets.get(preset);
    var evaluation =
        PerformanceEvaluator.evaluate(
            Zoo.find(model).orElseThrow().graph(arithmetic),
            accelerator,
            Fidelity.CYCLE,
            Interruption.NEVER);
    assertThat(List.of(evaluation.latencyUs(), evaluation.averagePowerMw()))
        .allSatisfy(figure -> assertThat(figure).isPositive().isFinite());
  }
}
