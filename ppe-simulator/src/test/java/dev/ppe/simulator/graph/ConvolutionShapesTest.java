package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Shapes.assertRefused;
import static dev.ppe.simulator.graph.Shapes.infer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Operator.Conv2d;
import dev.ppe.simulator.graph.Operator.DepthwiseConv2d;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.TransposeConv2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionShapesTest {
  private static final Shape MAP = Shape.of(2, 9, 7, 8);

  @ParameterizedTest
  @CsvSource({
    "9, 3, 1, 1, true, 9",
    "9, 3, 2, 1, true, 5",
    "8, 3, 2, 1, true, 4",
    "9, 3, 1, 1, false, 7",
    "9, 3, 2, 1, false, 4",
    "9, 3, 1, 4, false, 1",
    "9, 1, 4, 1, false, 3",
    "9, 9, 1, 1, false, 1"
  })
  void aWindowCountsItsPositions(
      int size, int kernel, int stride, int dilation, boolean same, int positions) {
    Window window =
        new Window(
            kernel,
            kernel,
            stride,
            stride,
            dilation,
            dilation,
            same ? Padding.SAME : Padding.VALID);

    assertThat(window.outputHeight(size)).isEqualTo(positions);
    assertThat(window.outputWidth(size)).isEqualTo(positions);
  }

  @Test
  void explicitPaddingCountsOnEachSide() {
    Window window = Window.square(3, 2, Padding.explicit(0, 1, 2, 3));

    assertThat(window.outputHeight(8)).isEqualTo(4);
    assertThat(window.outputWidth(8)).isEqualTo(6);
  }

  @Test
  void aKernelLargerThanThePaddedInputIsRefused() {
    assertThatThrownBy(() -> Window.square(5, 1, Padding.VALID).outputHeight(4))
        .hasMessage("kernel spans 5 elements but the padded input has only 4");
    assertThatThrownBy(() -> Window.square(0, 1, Padding.VALID)).hasMessageContaining("is 0");
    assertThatThrownBy(() -> Window.square(3, -1, Padding.VALID)).hasMessageContaining("is -1");
  }

  @Test
  void aConvolutionKeepsTheBatchAndHasTheWeightsChannels() {
    assertThat(infer(conv(1), MAP, Shape.of(16, 3, 3, 8), Shape.of(16)))
        .isEqualTo(Shape.of(2, 5, 4, 16));
    assertThat(infer(conv(4), MAP, Shape.of(16, 3, 3, 2))).isEqualTo(Shape.of(2, 5, 4, 16));
  }

  @Test
  void aConvolutionsOperandsMustFit() {
    assertRefused("input has 8 channels", conv(1), MAP, Shape.of(16, 3, 3, 4));
    assertRefused("do not divide into 4 groups", conv(4), MAP, Shape.of(6, 3, 3, 2));
    assertRefused("do not match the 3 x 3 kernel", conv(1), MAP, Shape.of(16, 1, 3, 8));
    assertRefused("bias", conv(1), MAP, Shape.of(16, 3, 3, 8), Shape.of(15));
    assertRefused("must have rank 4", conv(1), Shape.of(9, 7, 8), Shape.of(16, 3, 3, 8));
    assertRefused("operand 1 is missing", conv(1), MAP);
  }

  @Test
  void aDepthwiseConvolutionMultipliesItsChannels() {
    assertThat(infer(depthwise(1), MAP, Shape.of(1, 3, 3, 8))).isEqualTo(Shape.of(2, 9, 7, 8));
    assertThat(infer(depthwise(2), MAP, Shape.of(1, 3, 3, 16))).isEqualTo(Shape.of(2, 9, 7, 16));
    assertRefused("do not hold 8 x 2 channels", depthwise(2), MAP, Shape.of(1, 3, 3, 8));
    assertRefused("do not hold", depthwise(1), MAP, Shape.of(2, 3, 3, 8));
  }

  @Test
  void aTransposedConvolutionsOutputMustComeFromItsInput() {
    assertThat(infer(transposed(17, 14), MAP, Shape.of(4, 3, 3, 8)))
        .isEqualTo(Shape.of(2, 17, 14, 4));
    assertRefused("does not come from input", transposed(20, 14), MAP, Shape.of(4, 3, 3, 8));
    assertRefused("input has 8 channels", transposed(18, 14), MAP, Shape.of(4, 3, 3, 7));
  }

  @Test
  void poolsAndResizesKeepBatchAndChannels() {
    Window window = Window.square(3, 3, Padding.VALID);
    Operator pool = new Operator.Pool2d(PoolFunction.MAX, window, Activation.NONE);

    assertThat(infer(pool, MAP)).isEqualTo(Shape.of(2, 3, 2, 8));
    assertThat(infer(new Operator.GlobalPool2d(PoolFunction.AVERAGE), MAP))
        .isEqualTo(Shape.of(2, 1, 1, 8));
    assertThat(infer(new Operator.Resize(ResizeMethod.NEAREST, 4, 5, false, false), MAP))
        .isEqualTo(Shape.of(2, 4, 5, 8));
  }

  private static Operator conv(int groups) {
    return new Conv2d(Window.square(3, 2, Padding.SAME), groups, Activation.NONE);
  }

  private static Operator depthwise(int multiplier) {
    return new DepthwiseConv2d(Window.square(3, 1, Padding.SAME), multiplier, Activation.NONE);
  }

  private static Operator transposed(int height, int width) {
    return new TransposeConv2d(Window.square(3, 2, Padding.SAME), height, width, Activation.NONE);
  }
}
