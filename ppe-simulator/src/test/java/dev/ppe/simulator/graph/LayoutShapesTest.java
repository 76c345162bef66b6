package dev.ppe.simulator.graph;

import static dev.ppe.simulator.graph.Shapes.assertRefused;
import static dev.ppe.simulator.graph.Shapes.infer;
import static dev.ppe.simulator.graph.Shapes.inferAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.PadMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutShapesTest {
  private static final Shape MAP = Shape.of(1, 4, 6, 8);

  @Test
  void aConcatenationAddsUpOneAxis() {
    Operator concat = new Operator.Concat(-1, Activation.NONE);

    assertThat(infer(concat, MAP, Shape.of(1, 4, 6, 2), MAP)).isEqualTo(Shape.of(1, 4, 6, 18));
    assertRefused("differs from", concat, MAP, Shape.of(1, 4, 5, 8));
    assertRefused("differs from", concat, MAP, Shape.of(6, 8));
    assertRefused("operand 0 is missing", concat);
  }

  @Test
  void aSplitsSizesAddUpToItsAxis() {
    assertThat(inferAll(new Operator.Split(3, List.of(3, 5)), MAP))
        .containsExactly(Shape.of(1, 4, 6, 3), Shape.of(1, 4, 6, 5));
    assertRefused("2 sizes add up to 7", new Operator.Split(3, List.of(3, 4)), MAP);
    assertRefused("negative dimension", new Operator.Split(3, List.of(9, -1)), MAP);
  }

  @Test
  void paddingGrowsEachDimension() {
    assertThat(infer(pad(List.of(0, 1, 2, 0), List.of(0, 3, 4, 0)), MAP))
        .isEqualTo(Shape.of(1, 8, 12, 8));
    assertRefused("pads 2 dimensions", pad(List.of(0, 1), List.of(0, 3)), MAP);
    assertRefused("must be 0 or more", pad(List.of(0, -1, 0, 0), List.of(0, 0, 0, 0)), MAP);
    assertRefused(
        "out of range", pad(List.of(0, Integer.MAX_VALUE, 0, 0), List.of(0, 0, 0, 0)), MAP);
  }

  @Test
  void aReshapeKeepsTheElements() {
    assertThat(infer(new Operator.Reshape(List.of(8, -1)), MAP)).isEqualTo(Shape.of(8, 24));
    assertThat(infer(new Operator.Reshape(List.of(192)), MAP)).isEqualTo(Shape.of(192));
    assertThat(infer(new Operator.Reshape(List.of()), Shape.of(1, 1))).isEqualTo(Shape.of());
    assertRefused("has -1 twice", new Operator.Reshape(List.of(-1, -1)), MAP);
    assertRefused("cannot take", new Operator.Reshape(List.of(7, -1)), MAP);
    assertRefused("target shape [7, 7] has 49", new Operator.Reshape(List.of(7, 7)), MAP);
    assertRefused("cannot take", new Operator.Reshape(List.of(0, -1)), MAP);
  }

  @Test
  void dimensionsOfOneComeAndGo() {
    assertThat(infer(new Operator.Squeeze(List.of()), Shape.of(1, 4, 1))).isEqualTo(Shape.of(4));
    assertThat(infer(new Operator.Squeeze(List.of(-1)), Shape.of(1, 4, 1)))
        .isEqualTo(Shape.of(1, 4));
    assertRefused("which is not 1", new Operator.Squeeze(List.of(1)), Shape.of(1, 4, 1));
    assertThat(infer(new Operator.ExpandDims(-1), Shape.of(4))).isEqualTo(Shape.of(4, 1));
    assertThat(infer(new Operator.ExpandDims(0), Shape.of(4))).isEqualTo(Shape.of(1, 4));
    assertRefused("cannot insert axis 2", new Operator.ExpandDims(2), Shape.of(4));
  }

  @Test
  void aTransposeNamesEachAxisOnce() {
    assertThat(infer(new Operator.Transpose(List.of(0, 3, 1, 2)), MAP))
        .isEqualTo(Shape.of(1, 8, 4, 6));
    assertRefused("each axis", new Operator.Transpose(List.of(0, 0, 1, 2)), MAP);
    assertRefused("each axis", new Operator.Transpose(List.of(0, 1)), MAP);
    assertRefused("each axis", new Operator.Transpose(List.of(0, -4, 1, 2)), MAP);
    assertRefused("has no axis 4", new Operator.Transpose(List.of(0, 1, 2, 4)), MAP);
  }

  @Test
  void blocksMoveBetweenDepthAndSpace() {
    assertThat(infer(new Operator.DepthToSpace(2), MAP)).isEqualTo(Shape.of(1, 8, 12, 2));
    assertThat(infer(new Operator.SpaceToDepth(2), MAP)).isEqualTo(Shape.of(1, 2, 3, 32));
    assertRefused("do not divide by block 3", new Operator.DepthToSpace(3), MAP);
    assertRefused("do not divide by block 4", new Operator.SpaceToDepth(4), MAP);
  }

  @Test
  void hugeBlocksOnEmptyMapsAreRefusedAndDoNotOverflow() {
    Operator huge = new Operator.SpaceToDepth(Integer.MAX_VALUE);

    assertRefused("out of range", huge, Shape.of(1, 0, 0, Integer.MAX_VALUE));
    assertRefused("do not divide", new Operator.DepthToSpace(Integer.MAX_VALUE), MAP);
  }

  private static Operator pad(List<Integer> before, List<Integer> after) {
    return new Operator.Pad(before, after, PadMode.CONSTANT);
  }
}
