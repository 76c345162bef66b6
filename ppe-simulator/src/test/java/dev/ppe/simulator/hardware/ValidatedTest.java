package dev.ppe.simulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidatedTest {
  private static final LayerBounds DEPTHWISE =
      new LayerBounds("depthwise-conv", 3, 2, 1, 1, 112, 960, 960, 9600);
  private static final Validated VALIDATED =
      new Validated(List.of("rows.csv"), List.of(DataType.INT8), List.of(DEPTHWISE));

  private static LayerBounds depthwise(int kernel, long size) {
    return new LayerBounds("depthwise-conv", kernel, 1, 1, 1, size, 64, 64, 640);
  }

  @Test
  void nothingIsSaidOfWhatIsNotLarger() {
    assertThat(VALIDATED.outside(DEPTHWISE, DataType.INT8)).isEmpty();
    assertThat(VALIDATED.outside(depthwise(1, 1), DataType.INT8)).isEmpty();
  }

  @Test
  void whatIsLargerIsNamedWithItsBound() {
    assertThat(VALIDATED.outside(depthwise(5, 112), DataType.INT8))
        .isEqualTo("depthwise-conv: kernel 5, validated to 3");
    assertThat(VALIDATED.outside(depthwise(5, 1120), DataType.INT8))
        .isEqualTo("depthwise-conv: kernel 5, validated to 3; map side 1,120, validated to 112");
  }

  @Test
  void kindsThatWereNotMeasuredAreOutside() {
    LayerBounds softmax = new LayerBounds("softmax", 1, 1, 1, 1, 1, 10, 10, 0);
    assertThat(VALIDATED.outside(softmax, DataType.INT8))
        .isEqualTo("softmax: in no measured network");
  }

  @Test
  void soAreTypesButForSigns() {
    assertThat(VALIDATED.outside(DEPTHWISE, DataType.UINT8)).isEmpty();
    assertThat(VALIDATED.outside(DEPTHWISE, DataType.BFLOAT16))
        .isEqualTo("depthwise-conv: bfloat16, validated with int8");
  }

  @Test
  void boundsGrowInEachFigure() {
    LayerBounds wide = new LayerBounds("depthwise-conv", 1, 1, 2, 1, 7, 2048, 2048, 2048);
    assertThat(DEPTHWISE.or(wide))
        .isEqualTo(new LayerBounds("depthwise-conv", 3, 2, 2, 1, 112, 2048, 2048, 9600));
  }

  @Test
  void aKindTwiceIsAMistake() {
    assertThatThrownBy(
            () ->
                new Validated(
                    List.of("rows.csv"), List.of(DataType.INT8), List.of(DEPTHWISE, DEPTHWISE)))
        .hasMessage("validated.layers has a kind twice");
  }

  @Test
  void figuresBelowOneAreMistakes() {
    assertThatThrownBy(() -> depthwise(0, 1))
        .hasMessageStartingWith("validated.layers.kernel is 0, must be between 1 and ");
  }
}
