package dev.ppe.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Layer;
import dev.ppe.v1.TimeBreakdown;
import dev.ppe.v1.Validity;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static Layer layer(long cycles, String outside) {
    return Layer.newBuilder().setCycles(cycles).setOutside(outside).build();
  }

  private static EstimateResponse response(Validity.Builder validity, Layer... layers) {
    EstimateResponse.Builder response =
        EstimateResponse.newBuilder()
            .setAccelerator("tensor-g1")
            .setTime(TimeBreakdown.newBuilder().setComputeCycles(1000))
            .setValidity(validity);
    for (Layer layer : layers) {
      response.addLayers(layer);
    }
    return response.build();
  }

  private static Validity.Builder outside(int layers, long cycles) {
    return Validity.newBuilder()
        .setValidated(true)
        .setOutsideLayers(layers)
        .setOutsideCycles(cycles);
  }

  @Test
  void whatIsCoveredNeedsNoWords() {
    assertThat(Coverage.of(response(outside(0, 0), layer(900, "")))).isEmpty();
  }

  @Test
  void layersThatTakeNextToNoTimeNeedNone() {
    assertThat(Coverage.of(response(outside(1, 9), layer(9, "softmax: in no measured network"))))
        .isEmpty();
  }

  @Test
  void theReasonOfMostOfTheTimeIsNamed() {
    assertThat(
            Coverage.of(
                response(
                    outside(3, 120),
                    layer(50, "conv: kernel 9, validated to 7"),
                    layer(35, "depthwise-conv: kernel 7, validated to 5"),
                    layer(35, "depthwise-conv: kernel 7, validated to 5"),
                    layer(500, ""))))
        .contains(
            "3 of 4 layers (12 % of the time) lie outside of what was validated, mostly"
                + " depthwise-conv: kernel 7, validated to 5");
  }

  @Test
  void withoutAnyMeasurementThatIsAllThereIsToSay() {
    assertThat(Coverage.of(response(Validity.newBuilder(), layer(900, ""))))
        .contains("no measured time has been compared with tensor-g1");
  }
}
