package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.GraphLimits;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenDimensionsTest {
  /** [N, C, H, W] with everything open but C; "dim2" and "dim3" are height and width. */
  private static OnnxFile pooling() {
    return OnnxFile.opset(13)
        .input("image", -1, 3, -1, -1)
        .node("GlobalAveragePool", "image", "y")
        .output("y");
  }

  private static ImportOptions sizes(Map<String, Integer> sizes) {
    return new ImportOptions(GraphLimits.DEFAULT, 1, sizes, Optional.empty());
  }

  @Test
  void theOutermostIsTheBatch() {
    OnnxFile file = OnnxFile.opset(13).input("x", -1, 8).node("Relu", "x", "y").output("y");

    ImportedModel model = file.model(new ImportOptions(GraphLimits.DEFAULT, 5));

    assertThat(model.graph().tensor(0).shape()).hasToString("5x8");
    assertThat(model.notes()).containsExactly("dynamic batch taken as 5");
  }

  @Test
  void othersNeedASizeAndTheMessageSaysHowToGiveIt() {
    assertThatThrownBy(() -> pooling().imported())
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "input \"image\": leaves dimension 2, \"dim2\", open: give its size with --dim dim2=N,"
                + " or export the model with fixed shapes");
  }

  @Test
  void sizesGoByTheFilesNamesForThem() {
    ImportedModel model = pooling().model(sizes(Map.of("dim0", 2, "dim2", 9, "dim3", 7)));

    assertThat(model.graph().tensor(0).shape()).hasToString("2x9x7x3");
    assertThat(model.notes()).isEmpty();
  }

  @Test
  void sizesGoByInputAndAxis() {
    ImportedModel model = pooling().model(sizes(Map.of("image:2", 9, "image:3", 7)));

    assertThat(model.graph().tensor(0).shape()).hasToString("1x9x7x3");
    assertThat(model.notes()).containsExactly("dynamic batch taken as 1");
  }

  @Test
  void equalNamesStandForEqualSizesHoweverOneWasGiven() {
    OnnxFile file =
        OnnxFile.opset(13)
            .input("x", 4, -1)
            .input("z", 4, -1)
            .node("Mystery", "x z", "y")
            .output("y", 4, -1);

    assertThat(file.graph(sizes(Map.of("x:1", 6))).tensors())
        .extracting(tensor -> tensor.shape().toString())
        .containsExactly("4x6", "4x6", "4x6");
  }

  @Test
  void aSizeThatNothingAsksForIsSaid() {
    OnnxFile file = OnnxFile.opset(13).input("x", 1, 8).node("Relu", "x", "y").output("y");

    assertThat(file.model(sizes(Map.of("x:1", 9, "time", 3))).notes())
        .containsExactly(
            "no input has an open dimension \"time\": 3 does not apply",
            "no input has an open dimension \"x:1\": 9 does not apply");
  }
}
