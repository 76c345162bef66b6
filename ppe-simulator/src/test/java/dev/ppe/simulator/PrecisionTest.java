package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.zoo.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the numbers that a network is costed with do to the answer. */
class PrecisionTest {

  private static Graph real(String name) {
    return Zoo.find(name).orElseThrow().graph(Arithmetic.FLOAT32);
  }

  private static Evaluation evaluate(String model, String accelerator, Precision precision) {
    return PerformanceEvaluator.evaluate(
        real(model), Presets.get(accelerator), Fidelity.CYCLE, precision, Interruption.NEVER);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerSaysWhichNumbersItIsFor(Precision precision) {
    assertThat(evaluate("mobilenet_v2", "tensor-g1", precision).precision()).isEqualTo(precision);
  }

  @Test
  void storedIsWhatIsEvaluatedUnlessAskedOtherwise() {
    assertThat(evaluate("mobilenet_v2", "tensor-g1", Precision.STORED))
        .isEqualTo(
            PerformanceEvaluator.evaluate(
                real("mobilenet_v2"),
                Presets.get("tensor-g1"),
                Fidelity.CYCLE,
                Interruption.NEVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "edgetpu-v1", "tensor-g1"})
  void floatStaysOnTheHostForItsType(String accelerator) {
    Evaluation answer = evaluate("mobilenet_v2", accelerator, Precision.STORED);
    assertThat(answer.hostOperators()).isEqualTo(answer.operators());
    assertThat(answer.layers().getFirst().placementReason())
        .isEqualTo("float32 operand is not supported");
  }

  @Test
  void bf16IsForTheAcceleratorThatExecutesIt() {
    Evaluation answer = evaluate("mobilenet_v2", "tensor-g1", Precision.BF16);
    assertThat(answer.hostOperators()).isZero();
    assertThat(answer.layers()).allMatch(LayerReport::onAccelerator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coral-usb", "coral-pcie", "edgetpu-v1", "edgetpu-v3"})
  void bf16StaysOnTheHostWhereItIsNotExecuted(String accelerator) {
    Evaluation answer = evaluate("mobilenet_v2", accelerator, Precision.BF16);
    assertThat(answer.hostOperators()).isEqualTo(answer.operators());
    assertThat(answer.layers().getFirst().placementReason())
        .isEqualTo("bfloat16 operand is not supported");
  }

  @Test
  void bf16TakesTwiceTheBytesOfInt8() {
    Evaluation int8 = evaluate("mobilenet_v2", "tensor-g1", Precision.INT8);
    Evaluation bf16 = evaluate("mobilenet_v2", "tensor-g1", Precision.BF16);
    assertThat(bf16.memory().inputBytes()).isEqualTo(2 * int8.memory().inputBytes());
    assertThat(bf16.memory().outputBytes()).isEqualTo(2 * int8.memory().outputBytes());
    assertThat(bf16.macs()).isEqualTo(int8.macs());
    assertThat(bf16.parameters()).isEqualTo(int8.parameters());
    assertThat(bf16.latencyUs()).isGreaterThan(int8.latencyUs());
  }

  /**
   * A layer of 64 x 64 x 64 positions, inputs and outputs, all of whose time is arithmetic: half
   * the rate is twice the cycles, and as much of the peak in its own numbers.
   */
  @Test
  void bf16MultipliesAtItsOwnRate() {
    Evaluation int8 = evaluate("resnet18", "tensor-g1", Precision.INT8);
    Evaluation bf16 = evaluate("resnet18", "tensor-g1", Precision.BF16);
    LayerReport narrow = layer(int8, "s0b0/conv3x3");
    LayerReport wide = layer(bf16, "s0b0/conv3x3");

    assertThat(wide.macs()).isEqualTo(narrow.macs());
    assertThat(wide.time().of(Cause.COMPUTE)).isEqualTo(2 * narrow.time().of(Cause.COMPUTE));
    assertThat(wide.utilization()).isEqualTo(narrow.utilization());
    assertThat(wide.peMemoryReadBytes()).isEqualTo(2 * narrow.peMemoryReadBytes());
    assertThat(wide.parameterReadBytes()).isEqualTo(2 * narrow.parameterReadBytes());
    assertThat(bf16.layers()).allMatch(layer -> layer.utilization() <= 1);
    assertThat(bf16.utilization()).isBetween(0.0, 1.0);
  }

  private static LayerReport layer(Evaluation evaluation, String name) {
    return evaluation.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Embeddings of int32 tokens are the host's in any case; all the rest is not. */
  @ParameterizedTest
  @EnumSource(names = {"INT8", "BF16"})
  void aTextEncoderRunsInEitherNumbers(Precision precision) {
    Evaluation answer = evaluate("mobilebert_edgetpu_xs", "tensor-g1", precision);
    assertThat(answer.latencyUs()).isPositive().isFinite();
    assertThat(answer.layers().stream().filter(layer -> !layer.onAccelerator()))
        .allMatch(layer -> !layer.placementReason().contains("float"));
    assertThat(answer.hostOperators()).isLessThan(answer.operators());
  }
}
