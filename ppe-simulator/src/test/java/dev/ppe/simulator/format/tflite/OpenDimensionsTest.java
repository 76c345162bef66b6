package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenDimensionsTest {
  private final TfliteFile file = new TfliteFile();

  private static ImportOptions sizes(Map<String, Integer> sizes) {
    return new ImportOptions(GraphLimits.DEFAULT, 1, sizes, Optional.empty());
  }

  private void relu(int input, int output) {
    file.operator(BuiltinOperator.RELU, OptionsSpec.NONE, List.of(input), List.of(output));
  }

  @Test
  void withoutASizeTheStoredOneHoldsAsInARuntime() {
    int input = file.input(file.open("x", new int[] {1, 16, 4}, new int[] {1, -1, 4}));
    relu(input, file.output(file.tensor("y", 1, 16, 4)));

    assertThat(file.model(ImportOptions.DEFAULT).notes())
        .containsExactly(
            "input \"x\" leaves dimensions open, [1, -1, 4]: taken as 1x16x4;"
                + " --dim x:1=N sets another size");
  }

  @Test
  void sizesGoByInputAndAxis() {
    int[] open = {-1, -1, 4};
    int input = file.input(file.open("x:0", new int[] {1, 1, 4}, open));
    int output = file.output(file.open("y", new int[] {1, 1, 4}, open));
    relu(input, output);

    ImportedModel model = file.model(sizes(Map.of("x:0:1", 20)));

    assertThat(model.graph().tensor(input).shape()).isEqualTo(Shape.of(1, 20, 4));
    assertThat(model.graph().tensor(output).shape()).isEqualTo(Shape.of(1, 20, 4));
    assertThat(model.notes()).containsExactly("dynamic batch taken as 1");
  }

  @Test
  void theBatchGoesByAxisTooAndHoldsForTheResultsOfUnknownOperators() {
    int input = file.input(file.open("x", new int[] {1, 4}, new int[] {-1, 4}));
    int output = file.output(file.open("y", new int[] {1, 2}, new int[] {-1, 2}));
    file.custom("Mystery", List.of(input), List.of(output));

    ImportedModel model = file.model(sizes(Map.of("x:0", 3)));

    assertThat(model.graph().tensor(output).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(model.notes()).isEmpty();
  }

  @Test
  void whatIsStoredForOneSizeOnlyIsAnErrorOfTheNode() {
    int input = file.input(file.open("x", new int[] {1, 4, 2}, new int[] {1, -1, 2}));
    file.operator(
        BuiltinOperator.RESHAPE,
        OptionsSpec.NONE,
        List.of(input, file.integers(1, 8)),
        List.of(file.output(file.tensor("y", 1, 8))));

    assertThatThrownBy(() -> file.model(sizes(Map.of("x:1", 5))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("node 0 \"y\" (RESHAPE)");
  }

  @Test
  void aSizeThatNothingAsksForIsSaid() {
    relu(file.input("x", 1, 4), file.output(file.tensor("y", 1, 4)));

    assertThat(file.model(sizes(Map.of("x:1", 9))).notes())
        .containsExactly("no input has an open dimension \"x:1\": 9 does not apply");
  }
}
