package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.zoo.classification.MobileNetEdgeTpuV2;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A few rows of docs/validation.md, which must never get worse; {@code ppe validate} has them all.
 */
class GroundTruthTest {
  private static final Path MODELS = Path.of("..", "..", "shared", "models");

  @Test
  void pixel6LatenciesComeInTheMeasuredOrder() {
    List<Double> latencies =
        List.of(MobileNetEdgeTpuV2.TINY, MobileNetEdgeTpuV2.S, MobileNetEdgeTpuV2.L).stream()
            .map(
                variant ->
                    PerformanceEvaluator.evaluate(
                            variant.model().graph(),
                            Presets.get("tensor-g1"),
                            Fidelity.CYCLE,
                            Interruption.NEVER)
                        .latencyUs())
            .toList();

    assertThat(latencies).isSorted();
    // Measured: 780, 1030 and 1640 us; within what docs/validation.md states.
    assertThat(latencies.get(0)).isCloseTo(780, within(0.13 * 780));
    assertThat(latencies.get(1)).isCloseTo(1030, within(0.13 * 1030));
    assertThat(latencies.get(2)).isCloseTo(1640, within(0.13 * 1640));
  }

  @ParameterizedTest
  @CsvSource({
    "conv2d_12x128x128_to_128_k3_s1_same_quant, 148480, 0",
    "conv2d_12x184x64_to_64_k3_s1_same_quant, 37376, 0",
    "mobilenet_v1_0.25_128_quant, 518656, 0.025",
    "mobilenet_v1_0.75_192_quant, 2729344, 0.025",
    "mobilenet_v2_1.0_224_quant, 3900864, 0.025",
  })
  void parametersTakeTheRoomThatTheVendorsCompilerGivesThem(
      String model, long compilerBytes, double tolerance) throws IOException {
    long bytes = evaluate(model).memory().paramsCachedBytes();

    assertThat((double) bytes).isCloseTo((double) compilerBytes, within(tolerance * compilerBytes));
  }

  private static Evaluation evaluate(String model) throws IOException {
    Path file = MODELS.resolve(model + ".tflite");
    assumeThat(file).as("the shared models lie beside the checkout").exists();
    return PerformanceEvaluator.evaluate(
        ModelReader.read(model, ByteBuffer.wrap(Files.readAllBytes(file)), ImportOptions.DEFAULT)
            .graph(),
        Presets.get("coral-pcie"),
        Fidelity.CYCLE,
        Interruption.NEVER);
  }
}
