package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutOperatorsTest {
  private final TfliteFile file = new TfliteFile();

  @Test
  void aReshapeTakesItsTargetFromItsOperandFirst() {
    int input = file.input("x", 1, 4, 4, 8);
    add(
        BuiltinOperator.RESHAPE,
        OptionsSpec.of(17, 0, new int[] {8, 16}),
        List.of(input, file.integers(4, -1)),
        4,
        32);

    assertOnlyInput(input, new Operator.Reshape(List.of(4, -1)));
  }

  @Test
  void aReshapeWithoutOperandTakesItsOption() {
    int input = file.input("x", 1, 4, 4, 8);
    add(BuiltinOperator.RESHAPE, OptionsSpec.of(17, 0, new int[] {8, 16}), List.of(input), 8, 16);

    assertOnlyInput(input, new Operator.Reshape(List.of(8, 16)));
  }

  @Test
  void aReshapeWithAComputedTargetTakesTheDeclaredShape() {
    int input = file.input("x", 1, 4, 4, 8);
    int target = file.input(file.tensorOf(TfliteFile.INT32, "target", 2));
    add(BuiltinOperator.RESHAPE, OptionsSpec.NONE, List.of(input, target), 2, 64);

    assertOnlyInput(input, new Operator.Reshape(List.of(2, 64)));
  }

  @Test
  void aReshapeWithNoTargetAnywhereSaysWhatToDo() {
    int input = file.input("x", 1, 4, 4, 8);
    int target = file.input(file.tensorOf(TfliteFile.INT32, "target", 2));
    add(BuiltinOperator.RESHAPE, OptionsSpec.NONE, List.of(input, target));

    assertThatThrownBy(file::graph)
        .hasMessageContaining("node 0 \"y\" (RESHAPE)")
        .hasMessageContaining("convert the model with fixed shapes");
  }

  @Test
  void anEmptyConstantReshapesToAScalar() {
    int input = file.input("x", 1, 1);
    add(
        BuiltinOperator.RESHAPE,
        OptionsSpec.NONE,
        List.of(input, file.tensorOf(TfliteFile.INT32, "empty", 0)));

    assertOnlyInput(input, new Operator.Reshape(List.of()));
  }

  @Test
  void aConcatenationKnowsItsAxisAndActivation() {
    int left = file.input("l", 1, 4, 4, 8);
    int right = file.input("r", 1, 4, 4, 2);
    add(
        BuiltinOperator.CONCATENATION,
        OptionsSpec.of(10, 0, 3, 1, (byte) 3),
        List.of(left, right),
        1,
        4,
        4,
        10);

    assertThat(first()).isEqualTo(new Operator.Concat(3, Activation.RELU6));
  }

  @Test
  void aSplitCutsIntoEqualParts() {
    int axis = file.integers(new int[0], 1);
    int input = file.input("x", 2, 6);
    List<Integer> parts = List.of(file.tensor("a", 2, 3), file.output(file.tensor("b", 2, 3)));
    file.operator(BuiltinOperator.SPLIT, OptionsSpec.of(35, 0, 2), List.of(axis, input), parts);

    assertOnlyInput(input, new Operator.Split(1, List.of(3, 3)));
  }

  @Test
  void aSplitIntoGivenSizesResolvesTheOpenOne() {
    int input = file.input("x", 2, 6);
    int sizes = file.integers(1, -1, 2);
    int axis = file.integers(new int[0], -1);
    List<Integer> parts =
        List.of(
            file.tensor("a", 2, 1), file.tensor("b", 2, 3), file.output(file.tensor("c", 2, 2)));
    file.operator(
        BuiltinOperator.SPLIT_V, OptionsSpec.of(79, 0, 3), List.of(input, sizes, axis), parts);

    assertOnlyInput(input, new Operator.Split(-1, List.of(1, 3, 2)));
  }

  @Test
  void aSliceFoldsItsBox() {
    int input = file.input("x", 4, 8);
    add(
        BuiltinOperator.SLICE,
        OptionsSpec.of(48),
        List.of(input, file.longs(1, 0), file.longs(2, -1)),
        2,
        8);

    assertOnlyInput(input, new Operator.Slice(List.of(1, 0), List.of(2, -1)));
  }

  @Test
  void aStridedSliceFoldsItsMasks() {
    int input = file.input("x", 4, 8);
    add(
        BuiltinOperator.STRIDED_SLICE,
        OptionsSpec.of(32, 0, 1, 1, 2, 4, 1),
        List.of(input, file.integers(0, 2), file.integers(1, 0), file.integers(1, 2)),
        3);

    assertOnlyInput(
        input,
        new Operator.StridedSlice(List.of(0, 2), List.of(1, 0), List.of(1, 2), 1, 2, 0, 0, 1));
  }

  @Test
  void endsPastEveryTensorAreCutToTheIntRange() {
    int input = file.input("x", 4);
    add(
        BuiltinOperator.STRIDED_SLICE,
        OptionsSpec.of(32),
        List.of(input, file.longs(1), file.longs(Long.MAX_VALUE), file.longs(1)),
        3);

    assertThat(first())
        .isEqualTo(
            new Operator.StridedSlice(
                List.of(1), List.of(Integer.MAX_VALUE), List.of(1), 0, 0, 0, 0, 0));
  }

  @Test
  void aPaddingFoldsItsAmounts() {
    int input = file.input("x", 1, 4, 4, 8);
    int amounts = file.integers(new int[] {4, 2}, 0, 0, 1, 2, 3, 4, 0, 0);
    add(BuiltinOperator.PAD, OptionsSpec.of(22), List.of(input, amounts), 1, 7, 11, 8);

    assertOnlyInput(
        input, new Operator.Pad(List.of(0, 1, 3, 0), List.of(0, 2, 4, 0), PadMode.CONSTANT));
  }

  @Test
  void aMirroredPaddingKnowsItsMode() {
    int input = file.input("x", 4);
    int amounts = file.integers(new int[] {1, 2}, 1, 1);
    add(BuiltinOperator.MIRROR_PAD, OptionsSpec.of(77, 0, (byte) 1), List.of(input, amounts), 6);

    assertThat(first()).isEqualTo(new Operator.Pad(List.of(1), List.of(1), PadMode.SYMMETRIC));
  }

  @Test
  void dimensionsComeAndGo() {
    int input = file.input("x", 1, 4, 1);
    int squeezed = file.tensor("s", 4, 1);
    int expanded = file.tensor("e", 4, 1, 1);
    file.operator(
        BuiltinOperator.SQUEEZE,
        OptionsSpec.of(30, 0, new int[] {0}),
        List.of(input),
        List.of(squeezed));
    file.operator(
        BuiltinOperator.EXPAND_DIMS,
        OptionsSpec.of(52),
        List.of(squeezed, file.integers(-1)),
        List.of(expanded));
    add(
        BuiltinOperator.TRANSPOSE,
        OptionsSpec.of(26),
        List.of(expanded, file.integers(2, 0, 1)),
        1,
        4,
        1);

    assertThat(file.graph().nodes())
        .extracting(node -> node.operator())
        .containsExactly(
            new Operator.Squeeze(List.of(0)),
            new Operator.ExpandDims(-1),
            new Operator.Transpose(List.of(2, 0, 1)));
  }

  @Test
  void theTwoResizesKeepTheirFlagsInDifferentFields() {
    int input = file.input("x", 1, 4, 4, 8);
    int size = file.integers(8, 12);
    int nearest = file.tensor("n", 1, 8, 12, 8);
    file.operator(
        BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
        OptionsSpec.of(74, 0, true),
        List.of(input, size),
        List.of(nearest));
    add(
        BuiltinOperator.RESIZE_BILINEAR,
        OptionsSpec.of(15, 3, true),
        List.of(nearest, size),
        1,
        8,
        12,
        8);

    assertThat(file.graph().nodes())
        .extracting(node -> node.operator())
        .containsExactly(
            new Operator.Resize(ResizeMethod.NEAREST, 8, 12, true, false),
            new Operator.Resize(ResizeMethod.BILINEAR, 8, 12, false, true));
  }

  @Test
  void blocksMoveBetweenDepthAndSpace() {
    int input = file.input("x", 1, 4, 4, 8);
    int wide = file.tensor("w", 1, 8, 8, 2);
    file.operator(
        BuiltinOperator.DEPTH_TO_SPACE, OptionsSpec.of(94, 0, 2), List.of(input), List.of(wide));
    add(BuiltinOperator.SPACE_TO_DEPTH, OptionsSpec.of(19, 0, 4), List.of(wide), 1, 2, 2, 32);

    assertThat(file.graph().nodes())
        .extracting(node -> node.operator())
        .containsExactly(new Operator.DepthToSpace(2), new Operator.SpaceToDepth(4));
  }

  @Test
  void packingStaysACustomOperator() {
    int input = file.input("x", 4);
    add(BuiltinOperator.PACK, OptionsSpec.of(59, 0, 2, 1, 0), List.of(input, input), 2, 4);

    assertThat(first()).isEqualTo(new Operator.Custom("PACK"));
  }

  private void add(
      BuiltinOperator operator, OptionsSpec options, List<Integer> inputs, int... shape) {
    file.operator(operator, options, inputs, List.of(file.output(file.tensor("y", shape))));
  }

  private void assertOnlyInput(int input, Operator operator) {
    Graph graph = file.graph();
    assertThat(graph.nodes().getFirst().operator()).isEqualTo(operator);
    assertThat(graph.nodes().getFirst().inputs()).containsExactly(input);
  }

  private Operator first() {
    return file.graph().nodes().getFirst().operator();
  }
}
