package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.RoundTrip;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.keras.KerasWriter;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.format.onnx.export.OnnxWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real models keep their hash when they are written and read again. */
class SharedModelsExportTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void modelsKeepTheirHash(Path path) {
    Graph graph =
        TfliteReader.read("model", SharedModels.bytes(path), ImportOptions.DEFAULT).graph();

    Graph again =
        TfliteReader.read("model", TfliteWriter.write(graph, Weights.ZERO), ImportOptions.DEFAULT)
            .graph();

    assertThat(CanonicalGraph.of(again).hash()).isEqualTo(CanonicalGraph.of(graph).hash());
    assertThat(again.nodes()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void modelsKeepTheirHashThroughOnnxUnlessItLacksAnOperator(Path path) throws IOException {
    Graph graph =
        TfliteReader.read("model", SharedModels.bytes(path), ImportOptions.DEFAULT).graph();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (graph.nodes().stream().anyMatch(node -> isLacking(graph, node))) {
      assertThatThrownBy(() -> OnnxWriter.write(graph, Weights.ZERO, out))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("cannot be written as ONNX");
      return;
    }

    OnnxWriter.write(graph, Weights.ZERO, out);

    ByteBuffer file = ByteBuffer.wrap(out.toByteArray());
    RoundTrip.assertKept(OnnxReader.read("model", file, ImportOptions.DEFAULT).graph(), graph);
  }

  /** Recurrent layers of integers, and 16-bit activations. */
  private static boolean isLacking(Graph graph, Node node) {
    return node.operator() instanceof Operator.UnidirectionalLstm
        || graph.input(node, 0).type() == DataType.INT16;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networksOfMaps")
  void modelsBecomeKerasSources(Path path) {
    Graph graph =
        TfliteReader.read("model", SharedModels.bytes(path), ImportOptions.DEFAULT).graph();

    assertThat(KerasWriter.write(graph)).contains("def build_model():", "keras.Model(");
  }

  private static List<Path> models() {
    return SharedModels.uncompiled();
  }

  private static List<Path> networksOfMaps() {
    return SharedModels.uncompiled().stream()
        .filter(path -> path.getFileName().toString().startsWith("mobilenet"))
        .toList();
  }
}
