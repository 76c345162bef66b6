package dev.ppe.simulator.zoo.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SegmentationTest {
  static final List<ZooModel> MODELS = Segmentation.models();

  @ParameterizedTest
  @FieldSource("MODELS")
  void resultIsOneClassForEachPixel(ZooModel model) {
    for (int resolution : List.of(model.defaults().resolution(), 257, 320)) {
      Graph graph = model.graph(model.defaults().withResolution(resolution));
      assertThat(graph.tensor(graph.outputs().getFirst()).shape())
          .isEqualTo(Shape.of(1, resolution, resolution));
    }
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void classesAndArithmeticMayBeChosen(ZooModel model) {
    Graph graph = model.graph(model.defaults().withClasses(151).withArithmetic(Arithmetic.FLOAT32));
    assertThat(graph.tensors()).anyMatch(tensor -> tensor.shape().innermost() == 151);
  }

  /** Logits for the exact argmax are as large as the image, 8.4 million elements. */
  @ParameterizedTest
  @CsvSource({
    "autoseg_edgetpu_s, 512",
    "autoseg_edgetpu_s_fused_argmax, 256",
    "autoseg_edgetpu_s_fused_argmax_128, 128",
  })
  void fusedArgmaxReadsASmallerMap(String name, int resolution) {
    assertThat(find(name).graph().tensors())
        .filteredOn(tensor -> tensor.name().equals("finalize/resize"))
        .extracting(tensor -> tensor.shape())
        .containsExactly(Shape.of(1, resolution, resolution, 32));
  }

  @Test
  void fusedArgmaxHasNoOperatorThatTheAcceleratorLacks() {
    assertThat(kinds("deeplabv3plus_mobilenet_edgetpuv2_s")).contains("argmax");
    assertThat(kinds("deeplabv3plus_mobilenet_edgetpuv2_s_fused_argmax"))
        .doesNotContain("argmax")
        .contains("reduce-max", "sub", "minimum", "mul", "resize-nearest");
  }

  /** The last stage keeps the size of its map, and its blocks after the first are dilated. */
  @Test
  void deepLabV3DilatesInsteadOfStriding() {
    assertThat(find("deeplabv3_mobilenet_v2").graph().nodes())
        .filteredOn(node -> node.name().matches("s[56]b./dw3x3"))
        .extracting(node -> ((Operator.DepthwiseConv2d) node.operator()).window().dilationHeight())
        .containsExactly(1, 2, 2, 2);
  }

  private static List<String> kinds(String name) {
    return find(name).graph().nodes().stream().map(Node::operator).map(Operator::kind).toList();
  }

  private static ZooModel find(String name) {
    return MODELS.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
  }
}
