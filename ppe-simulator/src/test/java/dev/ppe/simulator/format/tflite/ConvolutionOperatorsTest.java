package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionOperatorsTest {
  private final TfliteFile file = new TfliteFile();

  @Test
  void aConvolutionTakesItsKernelAndGroupsFromTheWeights() {
    int input = file.input("x", 1, 8, 8, 16);
    int weights = file.weights("w", 32, 3, 5, 4);
    int bias = file.weights("b", 32);
    int output = file.output(file.tensor("y", 1, 4, 8, 32));
    OptionsSpec options =
        OptionsSpec.of(1, 0, OptionsSpec.SAME, 1, 1, 2, 2, 3, (byte) 3, 4, 1, 5, 1);
    file.operator(BuiltinOperator.CONV_2D, options, List.of(input, weights, bias), List.of(output));

    Graph graph = file.graph();

    assertThat(graph.nodes().getFirst().operator())
        .isEqualTo(
            new Operator.Conv2d(new Window(3, 5, 2, 1, 1, 1, Padding.SAME), 4, Activation.RELU6));
    assertThat(graph.tensor(weights).role()).isEqualTo(Tensor.Role.PARAMETER);
    assertThat(graph.nodes().getFirst().name()).isEqualTo("y");
  }

  @Test
  void dilationIsOneUnlessSaid() {
    int input = file.input("x", 1, 9, 9, 1);
    int weights = file.weights("w", 1, 3, 3, 1);
    int output = file.output(file.tensor("y", 1, 5, 5, 1));
    OptionsSpec options = OptionsSpec.of(1, 0, OptionsSpec.VALID, 1, 1, 2, 1, 4, 2, 5, 2);
    file.operator(BuiltinOperator.CONV_2D, options, List.of(input, weights), List.of(output));

    assertThat(first())
        .isEqualTo(
            new Operator.Conv2d(new Window(3, 3, 1, 1, 2, 2, Padding.VALID), 1, Activation.NONE));
  }

  @Test
  void aDepthwiseConvolutionTakesItsMultiplierFromTheWeights() {
    int input = file.input("x", 1, 8, 8, 4);
    int weights = file.weights("w", 1, 3, 3, 8);
    int output = file.output(file.tensor("y", 1, 8, 8, 8));
    OptionsSpec options = OptionsSpec.of(2, 0, OptionsSpec.SAME, 1, 1, 2, 1, 3, 99, 4, (byte) 1);
    file.operator(
        BuiltinOperator.DEPTHWISE_CONV_2D, options, List.of(input, weights, -1), List.of(output));

    assertThat(first())
        .isEqualTo(
            new Operator.DepthwiseConv2d(Window.square(3, 1, Padding.SAME), 2, Activation.RELU));
    assertThat(file.graph().nodes().getFirst().inputs()).containsExactly(input, weights);
  }

  @Test
  void aTransposedConvolutionPutsTheInputFirstAndFoldsTheOutputShape() {
    int shape = file.integers(1, 16, 16, 4);
    int weights = file.weights("w", 4, 3, 3, 8);
    int input = file.input("x", 1, 8, 8, 8);
    int output = file.output(file.tensor("y", 1, 16, 16, 4));
    OptionsSpec options = OptionsSpec.of(49, 0, OptionsSpec.SAME, 1, 2, 2, 2);
    file.operator(
        BuiltinOperator.TRANSPOSE_CONV, options, List.of(shape, weights, input), List.of(output));

    Graph graph = file.graph();

    assertThat(graph.nodes().getFirst().operator())
        .isEqualTo(
            new Operator.TransposeConv2d(
                Window.square(3, 2, Padding.SAME), 16, 16, Activation.NONE));
    assertThat(graph.nodes().getFirst().inputs()).containsExactly(input, weights);
  }

  @Test
  void aTransposedConvolutionWithAComputedShapeTakesTheDeclaredOne() {
    int shape = file.input(file.tensorOf(TfliteFile.INT32, "shape", 4));
    int weights = file.weights("w", 4, 2, 2, 8);
    int input = file.input("x", 1, 8, 8, 8);
    int output = file.output(file.tensor("y", 1, 16, 16, 4));
    OptionsSpec options = OptionsSpec.of(49, 0, OptionsSpec.SAME, 1, 2, 2, 2);
    file.operator(
        BuiltinOperator.TRANSPOSE_CONV, options, List.of(shape, weights, input), List.of(output));

    assertThat(first())
        .isInstanceOfSatisfying(
            Operator.TransposeConv2d.class, conv -> assertThat(conv.outputHeight()).isEqualTo(16));
  }

  @Test
  void aFullyConnectedLayerNeedsNoBias() {
    int input = file.input("x", 2, 3, 16);
    int weights = file.weights("w", 10, 16);
    int output = file.output(file.tensor("y", 2, 3, 10));
    OptionsSpec options = OptionsSpec.of(8, 0, (byte) 1, 2, true);
    file.operator(
        BuiltinOperator.FULLY_CONNECTED, options, List.of(input, weights, -1), List.of(output));

    assertThat(first()).isEqualTo(new Operator.FullyConnected(true, Activation.RELU));
  }

  @Test
  void aBatchedProductKnowsItsTransposedSides() {
    int left = file.input("l", 2, 5, 3);
    int right = file.input("r", 2, 7, 5);
    int output = file.output(file.tensor("y", 2, 3, 7));
    file.operator(
        BuiltinOperator.BATCH_MATMUL,
        OptionsSpec.of(101, 0, true, 1, true),
        List.of(left, right),
        List.of(output));

    assertThat(first()).isEqualTo(new Operator.BatchMatMul(true, true));
  }

  @Test
  void poolsHaveTheirWindowInTheOptions() {
    int input = file.input("x", 1, 8, 6, 4);
    int output = file.output(file.tensor("y", 1, 4, 2, 4));
    OptionsSpec options = OptionsSpec.of(5, 0, OptionsSpec.VALID, 1, 3, 2, 2, 3, 3, 4, 2);
    file.operator(BuiltinOperator.MAX_POOL_2D, options, List.of(input), List.of(output));

    assertThat(first())
        .isEqualTo(
            new Operator.Pool2d(
                PoolFunction.MAX, new Window(2, 3, 2, 3, 1, 1, Padding.VALID), Activation.NONE));
  }

  @Test
  void anLstmKeepsItsOperandsInOrderAndItsStatesAsStates() {
    List<Integer> operands = new ArrayList<>();
    operands.add(file.input("x", 1, 28, 20));
    for (int i = 1; i <= 4; i++) {
      operands.add(file.weights("w" + i, 16, 20));
    }
    for (int i = 5; i <= 8; i++) {
      operands.add(file.weights("r" + i, 16, 16));
    }
    operands.addAll(List.of(-1, -1, -1));
    for (int i = 12; i <= 15; i++) {
      operands.add(file.weights("b" + i, 16));
    }
    operands.addAll(List.of(-1, -1));
    for (int i = 18; i <= 19; i++) {
      operands.add(
          file.add(
              new TfliteFile.TensorSpec(
                  "state",
                  List.of(1, 16),
                  List.of(),
                  TfliteFile.INT8,
                  ByteBuffer.allocate(0),
                  true,
                  false)));
    }
    int output = file.output(file.tensor("y", 1, 28, 16));
    file.operator(
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
        OptionsSpec.of(71, 0, (byte) 4),
        operands,
        List.of(output));

    Graph graph = file.graph();

    assertThat(graph.nodes().getFirst().operator())
        .isEqualTo(new Operator.UnidirectionalLstm(false));
    assertThat(graph.nodes().getFirst().inputs()).isEqualTo(operands);
    assertThat(graph.tensor(operands.get(18)).role()).isEqualTo(Tensor.Role.STATE);
    assertThat(graph.tensor(output).shape()).isEqualTo(Shape.of(1, 28, 16));
  }

  private Operator first() {
    return file.graph().nodes().getFirst().operator();
  }
}
