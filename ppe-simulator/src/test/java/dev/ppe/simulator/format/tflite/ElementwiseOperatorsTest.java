package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseOperatorsTest {
  private final TfliteFile file = new TfliteFile();

  @ParameterizedTest
  @EnumSource(
      value = UnaryFunction.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "ERF") // TFLite has none
  void everyUnaryFunctionKeepsItsName(UnaryFunction function) {
    unary(BuiltinOperator.valueOf(function.name()), OptionsSpec.NONE);

    assertThat(first()).isEqualTo(new Operator.Unary(function));
  }

  @ParameterizedTest
  @EnumSource(BinaryFunction.class)
  void everyBinaryFunctionKeepsItsName(BinaryFunction function) {
    binary(BuiltinOperator.valueOf(function.name()), OptionsSpec.NONE);

    assertThat(first()).isEqualTo(new Operator.Binary(function, Activation.NONE));
  }

  @Test
  void aFusedActivationIsKept() {
    binary(BuiltinOperator.ADD, OptionsSpec.of(11, 0, (byte) 1));

    assertThat(first()).isEqualTo(new Operator.Binary(BinaryFunction.ADD, Activation.RELU));
  }

  @Test
  void anUnknownFusedActivationIsRefused() {
    binary(BuiltinOperator.ADD, OptionsSpec.of(11, 0, (byte) 99));

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("node 0 \"y\" (ADD): its fused activation 99 is unknown");
  }

  @Test
  void optionsOfAnotherOperatorAreRefused() {
    binary(BuiltinOperator.ADD, OptionsSpec.of(1, 0, (byte) 1));

    assertThatThrownBy(file::graph)
        .hasMessageContaining("options are of type 1, must be of type 11");
  }

  @Test
  void aReductionFoldsItsAxes() {
    int input = file.input("x", 1, 7, 7, 32);
    int axes = file.integers(1, 2);
    int output = file.output(file.tensor("y", 1, 32));
    file.operator(BuiltinOperator.MEAN, OptionsSpec.of(27), List.of(input, axes), List.of(output));

    assertThat(first()).isEqualTo(new Operator.Reduce(ReduceFunction.MEAN, List.of(1, 2), false));
    assertThat(file.graph().nodes().getFirst().inputs()).containsExactly(input);
  }

  @Test
  void anArgMaxFoldsItsAxisAndKnowsItsResultType() {
    int input = file.input("x", 1, 10);
    int axis = file.integers(new int[0], 1);
    int output = file.output(file.tensorOf(TfliteFile.INT64, "y", 1));
    file.operator(
        BuiltinOperator.ARG_MAX, OptionsSpec.of(40), List.of(input, axis), List.of(output));

    assertThat(first()).isEqualTo(new Operator.ArgMax(1, false, DataType.INT64));
  }

  @Test
  void aCastGoesToItsResultsType() {
    int input = file.input("x", 4);
    int output = file.output(file.tensorOf(TfliteFile.FLOAT16, "y", 4));
    file.operator(BuiltinOperator.CAST, OptionsSpec.of(37), List.of(input), List.of(output));

    assertThat(first()).isEqualTo(new Operator.Cast(DataType.FLOAT16));
  }

  @Test
  void anEmbeddingLookupIsAGatherWithItsOperandsSwapped() {
    int indices = file.input(file.tensorOf(TfliteFile.INT32, "ids", 12));
    int table = file.weights("table", 1000, 64);
    int output = file.output(file.tensor("y", 12, 64));
    file.operator(
        BuiltinOperator.EMBEDDING_LOOKUP,
        OptionsSpec.NONE,
        List.of(indices, table),
        List.of(output));

    assertThat(first()).isEqualTo(new Operator.Gather(0, 0));
    assertThat(file.graph().nodes().getFirst().inputs()).containsExactly(table, indices);
  }

  @Test
  void aPreluReadsItsSlopes() {
    int input = file.input("x", 1, 4, 4, 8);
    int slopes = file.weights("a", 1, 1, 8);
    int output = file.output(file.tensor("y", 1, 4, 4, 8));
    file.operator(BuiltinOperator.PRELU, OptionsSpec.NONE, List.of(input, slopes), List.of(output));

    assertThat(first()).isEqualTo(new Operator.PRelu());
  }

  @Test
  void operatorsThatAreNotKnownKeepTheirNameAndDeclaredResult() {
    int input = file.input("x", 1, 4);
    int middle = file.tensor("m", 1, 9);
    int last = file.tensor("n", 1, 7);
    int output = file.output(file.tensor("y", 2, 3));
    file.operator(BuiltinOperator.TOPK_V2, OptionsSpec.NONE, List.of(input), List.of(middle));
    file.operator(209, 1, OptionsSpec.NONE, List.of(middle), List.of(last));
    file.custom("TFLite_Detection_PostProcess", List.of(last), List.of(output));

    assertThat(file.graph().nodes())
        .extracting(node -> node.operator())
        .containsExactly(
            new Operator.Custom("TOPK_V2"),
            new Operator.Custom("BUILTIN_209"),
            new Operator.Custom("TFLite_Detection_PostProcess"));
  }

  private void unary(BuiltinOperator operator, OptionsSpec options) {
    int input = file.input("x", 1, 4, 4, 8);
    int output = file.output(file.tensor("y", 1, 4, 4, 8));
    file.operator(operator, options, List.of(input), List.of(output));
  }

  private void binary(BuiltinOperator operator, OptionsSpec options) {
    int left = file.input("l", 1, 4, 4, 8);
    int right = file.weights("r", 8);
    int output = file.output(file.tensor("y", 1, 4, 4, 8));
    file.operator(operator, options, List.of(left, right), List.of(output));
  }

  private Operator first() {
    return file.graph().nodes().getFirst().operator();
  }
}
