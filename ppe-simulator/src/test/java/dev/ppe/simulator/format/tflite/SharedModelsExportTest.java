package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.keras.KerasWriter;
import dev.ppe.simulator.format.tflite.export.TfliteWriter;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
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
