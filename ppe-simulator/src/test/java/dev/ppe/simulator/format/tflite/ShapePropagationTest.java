package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.tflite.TfliteFile.TensorSpec;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapePropagationTest {
  private static final OptionsSpec CONV = OptionsSpec.conv(OptionsSpec.SAME, 1);

  private final TfliteFile file = new TfliteFile();

  @Test
  void shapesThatTheFileLacksAreInferredHoweverTheOperatorsAreListed() {
    int input = file.input("x", 1, 8, 8, 3);
    int first = file.tensor("first");
    int last = file.output(file.tensor("last"));
    conv(first, file.weights("w2", 4, 1, 1, 16), last);
    conv(input, file.weights("w1", 16, 3, 3, 3), first);

    Graph graph = file.graph();

    assertThat(graph.tensor(first).shape()).isEqualTo(Shape.of(1, 8, 8, 16));
    assertThat(graph.tensor(last).shape()).isEqualTo(Shape.of(1, 8, 8, 4));
  }

  @Test
  void anOpenBatchTakesTheSizeAskedForEverywhere() {
    int input = file.input(file.open("x", new int[] {1, 4, 4, 8}, new int[] {-1, 4, 4, 8}));
    int features = file.open("f", new int[] {1, 4, 4, 2}, new int[] {-1, 4, 4, 2});
    int output = file.output(file.open("y", new int[] {1, 32}, new int[] {-1, 32}));
    conv(input, file.weights("w", 2, 1, 1, 8), features);
    file.operator(
        BuiltinOperator.RESHAPE,
        OptionsSpec.NONE,
        List.of(features, file.integers(1, 32)),
        List.of(output));

    ImportedModel model = file.model(new ImportOptions(GraphLimits.DEFAULT, 5));

    assertThat(model.graph().tensor(input).shape()).isEqualTo(Shape.of(5, 4, 4, 8));
    assertThat(model.graph().tensor(output).shape()).isEqualTo(Shape.of(5, 32));
    assertThat(model.notes()).containsExactly("dynamic batch taken as 5");
  }

  @Test
  void aFixedBatchIsKeptAndSaid() {
    relu(file.input("x", 2, 4), file.output(file.tensor("y", 2, 4)));

    ImportedModel model = file.model(new ImportOptions(GraphLimits.DEFAULT, 5));

    assertThat(model.graph().tensor(0).shape()).isEqualTo(Shape.of(2, 4));
    assertThat(model.notes()).containsExactly("the model fixes its batch: 5 does not apply");
  }

  @Test
  void aDeclaredShapeMayDifferInDimensionsOfOne() {
    int input = file.input("x", 1, 4);
    int output = file.output(file.tensor("y", 4));
    relu(input, output);

    assertThat(file.graph().tensor(output).shape()).isEqualTo(Shape.of(1, 4));
  }

  @Test
  void aDeclaredShapeThatDisagreesIsAnErrorOfTheNode() {
    relu(file.input("x", 1, 4), file.output(file.tensor("y", 1, 5)));

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("node 0 \"y\" (RELU): its result \"y\" is declared 1x5, its operands give 1x4");
  }

  @Test
  void customResultsOfUnknownShapeCountAsOneElementAndAreSaid() {
    int input = file.input("x", 1, 4);
    file.custom("Mystery", List.of(input), List.of(file.output(file.tensor("y"))));

    ImportedModel model = file.model(ImportOptions.DEFAULT);

    assertThat(model.graph().tensors().getLast().shape()).isEqualTo(Shape.of());
    assertThat(model.notes())
        .containsExactly(
            "node 0 \"y\" (Mystery): the file does not tell the shape of its result \"y\";"
                + " it counts as one element");
  }

  @Test
  void notesStayFew() {
    int input = file.input("x", 1, 4);
    for (int i = 0; i < 50; i++) {
      file.custom("Mystery", List.of(input), List.of(file.tensor("y")));
    }
    file.output(50);

    assertThat(file.model(ImportOptions.DEFAULT).notes()).hasSize(21).endsWith("and 30 more notes");
  }

  @Test
  void plainCustomShapesAreInferredWhereTheFileLacksThem() {
    int input = file.input("x", 1, 4);
    int packed = file.tensor("p");
    int compared = file.output(file.tensor("y"));
    file.operator(
        BuiltinOperator.PACK,
        OptionsSpec.of(59, 0, 3, 1, 1),
        List.of(input, input, input),
        List.of(packed));
    file.operator(
        BuiltinOperator.LESS, OptionsSpec.NONE, List.of(packed, input), List.of(compared));

    assertThat(file.graph().tensor(compared).shape()).isEqualTo(Shape.of(1, 3, 4));
  }

  @Test
  void dequantisedWeightsAreReadInTheirStoredType() {
    int stored = file.add(TensorSpec.of("w16", TfliteFile.FLOAT16, 64, 4, 8));
    int weights = file.tensorOf(TfliteFile.FLOAT32, "w", 4, 8);
    int input = file.input(file.tensorOf(TfliteFile.FLOAT32, "x", 1, 8));
    int output = file.output(file.tensorOf(TfliteFile.FLOAT32, "y", 1, 4));
    file.operator(BuiltinOperator.DEQUANTIZE, OptionsSpec.NONE, List.of(stored), List.of(weights));
    file.operator(
        BuiltinOperator.FULLY_CONNECTED,
        OptionsSpec.of(8),
        List.of(input, weights),
        List.of(output));

    Graph graph = file.graph();

    assertThat(graph.nodes()).hasSize(1);
    assertThat(graph.input(graph.nodes().getFirst(), 1).type()).isEqualTo(DataType.FLOAT16);
    assertThat(Workload.parameters(graph)).isEqualTo(32);
  }

  @Test
  void aDequantisedInputStaysAnOperator() {
    int input = file.input("x", 4);
    int output = file.output(file.tensorOf(TfliteFile.FLOAT32, "y", 4));
    file.operator(BuiltinOperator.DEQUANTIZE, OptionsSpec.NONE, List.of(input), List.of(output));

    assertThat(file.graph().nodes()).hasSize(1);
  }

  @Test
  void sparseTensorsAreSaid() {
    int weights =
        file.add(
            new TensorSpec(
                "w",
                List.of(4, 8),
                List.of(),
                TfliteFile.INT8,
                ByteBuffer.allocate(3),
                false,
                true));
    int output = file.output(file.tensor("y", 1, 4));
    file.operator(
        BuiltinOperator.FULLY_CONNECTED,
        OptionsSpec.of(8),
        List.of(file.input("x", 1, 8), weights),
        List.of(output));

    assertThat(file.model(ImportOptions.DEFAULT).notes())
        .containsExactly("1 tensors are stored sparse: they count as dense");
  }

  @Test
  void onlyTheFirstSubgraphIsTheModel() {
    relu(file.input("x", 4), file.output(file.tensor("y", 4)));

    assertThat(file.subgraphs(2).model(ImportOptions.DEFAULT).notes())
        .containsExactly("2 subgraphs: only the first, \"main\", is the model");
  }

  @Test
  void aTensorThatNothingWritesIsAnErrorOfItsReader() {
    relu(file.tensor("lost", 4), file.output(file.tensor("y", 4)));

    assertThatThrownBy(file::graph)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("node 0 \"y\" (RELU): reads tensor 0 \"lost\"")
        .hasMessageContaining("holds no data and is written by nothing");
  }

  @Test
  void aTensorWrittenTwiceIsAnErrorOfTheSecondWriter() {
    int input = file.input("x", 4);
    int output = file.output(file.tensor("y", 4));
    relu(input, output);
    relu(input, output);

    assertThatThrownBy(file::graph).hasMessageContaining("is written already");
  }

  @Test
  void aCycleIsAnErrorOfANodeOnIt() {
    int a = file.tensor("a", 4);
    int b = file.output(file.tensor("b", 4));
    relu(a, b);
    relu(b, a);

    assertThatThrownBy(file::graph)
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("a cycle");
  }

  private void relu(int input, int output) {
    file.operator(BuiltinOperator.RELU, OptionsSpec.NONE, List.of(input), List.of(output));
  }

  private void conv(int input, int weights, int output) {
    file.operator(BuiltinOperator.CONV_2D, CONV, List.of(input, weights), List.of(output));
  }
}
