package dev.ppe.simulator.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Workload;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SharedModelsTest {
  static List<Path> uncompiled() {
    return SharedModels.uncompiled();
  }

  @ParameterizedTest
  @MethodSource("uncompiled")
  void everyModelImportsAndVerifies(Path model) {
    Graph graph =
        TfliteReader.read("model", SharedModels.bytes(model), ImportOptions.DEFAULT).graph();

    assertThat(GraphVerifier.verify(graph, GraphLimits.DEFAULT)).isSameAs(graph);
    assertThat(graph.nodes()).isNotEmpty().allSatisfy(n -> assertThat(n.name()).isNotBlank());
    assertThat(Workload.macs(graph)).isPositive();
    assertThat(CanonicalGraph.of(graph).graph().nodes()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.25_128_quant.tflite, 13.57, 467593",
    "mobilenet_v1_0.75_192_quant.tflite, 239.27, 2578121",
    "vww_96_int8.tflite, 7.49, 210850",
    "kws_ref_model.tflite, 2.657, 22604",
    "model_ToyCar_quant_fullint_micro_intio.tflite, 0.264, 265864",
    "pretrainedResnet_quant.tflite, 12.50, 77706"
  })
  void macsAndParametersAreThePublishedOnes(String model, double millionMacs, long parameters) {
    Graph graph = read(model, 1);

    assertThat(Workload.macs(graph) / 1e6).isCloseTo(millionMacs, withinPercentage(0.1));
    assertThat(Workload.parameters(graph)).isEqualTo(parameters);
  }

  /**
   * The rebuilt figures of published_checks.csv, whose parameters count batch normalisation apart.
   */
  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2_1.0_224_quant.tflite, 300.8, 3.506",
    "tf2_mobilenet_v2_1.0_224_ptq.tflite, 300.8, 3.506",
    "mobilenet_edgetpu_224_1.0_uint8.tflite, 990.7, 4.093"
  })
  void macsAndParametersAreWithinOnePercentOfTheRebuiltNetworks(
      String model, double millionMacs, double millionParameters) {
    Graph graph = read(model, 1);

    assertThat(Workload.macs(graph) / 1e6).isCloseTo(millionMacs, withinPercentage(1));
    assertThat(Workload.parameters(graph) / 1e6).isCloseTo(millionParameters, withinPercentage(1));
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_edgetpu_224_1.0_uint8.tflite",
    "kws_ref_model.tflite",
    "pretrainedResnet_quant.tflite",
    "vww_96_int8.tflite"
  })
  void anOpenBatchScalesTheWorkAndNotTheParameters(String model) {
    assertThat(Workload.macs(read(model, 8))).isEqualTo(8 * Workload.macs(read(model, 1)));
    assertThat(Workload.parameters(read(model, 8))).isEqualTo(Workload.parameters(read(model, 1)));
  }

  @Test
  void aFileCompiledForTheEdgeTpuAsksForTheOriginal() {
    String model = "conv2d_12x128x64_to_64_k3_s1_same_quant_edgetpu.tflite";
    ByteBuffer bytes = SharedModels.named(model);

    assertThatThrownBy(() -> TfliteReader.read(model, bytes, ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("compiled for the Edge TPU already")
        .hasMessageContaining("original");
  }

  private static Graph read(String model, int batch) {
    return TfliteReader.read(
            model, SharedModels.named(model), new ImportOptions(GraphLimits.DEFAULT, batch))
        .graph();
  }
}
