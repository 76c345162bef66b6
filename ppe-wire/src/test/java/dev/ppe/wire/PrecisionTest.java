package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import dev.ppe.v1.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests for other numbers than the model's. */
class PrecisionTest {
  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  private EstimateResponse estimate(
      Arithmetic arithmetic, Precision precision, String accelerator) {
    return estimator.estimate(
        EstimateRequest.newBuilder()
            .setGraph(GraphCodec.encode(Zoo.find("mobilenet_v2").orElseThrow().graph(arithmetic)))
            .setPrecision(precision)
            .setAcceleratorName(accelerator)
            .build(),
        Interruption.NEVER);
  }

  @ParameterizedTest
  @EnumSource(names = {"PRECISION_STORED", "PRECISION_INT8", "PRECISION_BF16"})
  void theAnswerSaysWhatWasAsked(Precision precision) {
    assertThat(estimate(Arithmetic.FLOAT32, precision, "tensor-g1").getPrecision())
        .isEqualTo(precision);
  }

  @Test
  void unspecifiedIsStored() {
    assertThat(estimate(Arithmetic.FLOAT32, Precision.PRECISION_UNSPECIFIED, "tensor-g1"))
        .isEqualTo(estimate(Arithmetic.FLOAT32, Precision.PRECISION_STORED, "tensor-g1"));
  }

  @Test
  void aFloatNetworkAsInt8IsTheInt8Network() {
    EstimateResponse stored = estimate(Arithmetic.INT8, Precision.PRECISION_STORED, "coral-usb");
    EstimateResponse converted =
        estimate(Arithmetic.FLOAT32, Precision.PRECISION_INT8, "coral-usb");
    assertThat(converted.toBuilder().setPrecision(Precision.PRECISION_STORED).build())
        .isEqualTo(stored);
    assertThat(converted.getNotesList()).isEmpty();
  }

  @Test
  void typesThatAnAcceleratorDoesNotExecuteAreNamed() {
    EstimateResponse answer = estimate(Arithmetic.FLOAT32, Precision.PRECISION_BF16, "coral-usb");
    assertThat(answer.getHostOperators()).isEqualTo(answer.getOperators());
    Layer first = answer.getLayers(0);
    assertThat(first.getPlacement()).isEqualTo(Placement.PLACEMENT_HOST);
    assertThat(first.getPlacementReason()).isEqualTo("bfloat16 operand is not supported");
  }

  @Test
  void whatIsQuantisedAlreadyIsNoted() {
    EstimateResponse answer = estimate(Arithmetic.INT8, Precision.PRECISION_BF16, "tensor-g1");
    assertThat(answer.getNotesList())
        .containsExactly("64 of 64 operators are quantised already and stay as they are");
    assertThat(answer.getGraphHash())
        .isEqualTo(
            estimate(Arithmetic.INT8, Precision.PRECISION_STORED, "tensor-g1").getGraphHash());
  }
}
