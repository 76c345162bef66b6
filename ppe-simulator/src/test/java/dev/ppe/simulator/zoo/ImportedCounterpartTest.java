package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks against files of them that other tools wrote, where those are to be had. */
class ImportedCounterpartTest {
  private static final Path MODELS = Path.of("..", "..", "shared", "models");

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.25_128, mobilenet_v1_0.25_128_quant",
    "mobilenet_v1_0.75_192, mobilenet_v1_0.75_192_quant",
    "mobilenet_v2, mobilenet_v2_1.0_224_quant",
    "mobilenet_edgetpu, mobilenet_edgetpu_224_1.0_uint8",
  })
  void networkDoesAndStoresWhatItsFileDoes(String name, String file) throws IOException {
    Path path = MODELS.resolve(file + ".tflite");
    Assumptions.assumeTrue(Files.exists(path), () -> "no file " + path);
    Graph imported =
        ModelReader.read(file, ByteBuffer.wrap(Files.readAllBytes(path)), ImportOptions.DEFAULT)
            .graph();
    Graph built = Zoo.find(name).orElseThrow().graph();

    assertThat(Workload.macs(built)).isEqualTo(Workload.macs(imported));
    assertThat(Workload.parameters(built)).isEqualTo(Workload.parameters(imported));
  }
}
