package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtException;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that other tools wrote. A sentence encoder, exported by PyTorch and quantised by ONNX
 * Runtime, is on the class path. Those that packages of other languages ship are in a folder where
 * {@code .ci/run} puts them: PaddlePaddle's, PyTorch's and TensorFlow's exporters wrote them.
 */
class OtherToolsTest {
  private static final Path FOLDER = Path.of("target", "foreign-models");

  private static byte[] encoder() throws IOException {
    try (InputStream in = OtherToolsTest.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    }
  }

  private static ImportedModel read(byte[] file, Map<String, Integer> sizes) {
    return OnnxReader.read(
        "model",
        ByteBuffer.wrap(file),
        new ImportOptions(GraphLimits.DEFAULT, 1, sizes, Optional.empty()));
  }

  private static long count(Graph graph, Class<? extends Operator> operator) {
    return graph.nodes().stream().filter(node -> operator.isInstance(node.operator())).count();
  }

  @Test
  void anEncoderNeedsTheLengthOfItsSequences() throws IOException {
    byte[] file = encoder();

    assertThatThrownBy(() -> read(file, Map.of()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("input \"input_ids\"")
        .hasMessageContaining("--dim sequence_length=N");
  }

  /** Six layers of width 384: four projections, two layers of 1,536, two products of attention. */
  @Test
  void anEncoderHasTheWorkOfItsPublishedShape() throws IOException {
    long length = 128;
    Graph graph = read(encoder(), Map.of("sequence_length", (int) length)).graph();

    long projections = 4 * length * 384 * 384;
    long feedForward = 2 * length * 384 * 1_536;
    long attention = 2 * length * length * 384;
    assertThat(Workload.macs(graph)).isEqualTo(6 * (projections + feedForward + attention));
    assertThat(count(graph, Operator.FullyConnected.class)).isEqualTo(36);
    assertThat(count(graph, Operator.BatchMatMul.class)).isEqualTo(12);
    assertThat(count(graph, Operator.LayerNorm.class)).isEqualTo(13);
    assertThat(Workload.parameters(graph)).isBetween(22_500_000L, 23_000_000L);
  }

  @Test
  void anEncoderGivesWhatTheRuntimeGives() throws IOException, OrtException {
    assertShapes(encoder(), Map.of("sequence_length", 9));
  }

  /** The sizes of a file stand as {@code name=size name=size}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ch_PP-OCRv4_det_infer.onnx, 62, 0, p2o.DynamicDimension.1=320 p2o.DynamicDimension.2=352",
    "ch_PP-OCRv4_rec_infer.onnx, 38, 9, p2o.DynamicDimension.1=192",
    "ch_ppocr_mobile_v2.0_cls_infer.onnx, 53, 1, p2o.DynamicDimension.1=48 p2o.DynamicDimension.2=192",
    "embedding_model.onnx, 20, 0, ''",
    "melspectrogram.onnx, 2, 1, samples=1760",
    "alexa_v0.1.onnx, 0, 3, ''",
    "hey_rhasspy_v0.1.onnx, 0, 3, ''",
    "silero_vad_legacy.onnx, 0, 0, sequence=1536",
  })
  void filesThatPackagesShipAreRead(String name, int convolutions, int products, String sizes)
      throws IOException, OrtException {
    byte[] file = foreign(name);

    Graph graph = assertShapes(file, sizes(sizes));

    assertThat(count(graph, Operator.Conv2d.class) + count(graph, Operator.DepthwiseConv2d.class))
        .isEqualTo(convolutions);
    assertThat(count(graph, Operator.FullyConnected.class)).isEqualTo(products);
  }

  @Test
  void branchesOfUnknownShapeAreRefusedByNode() throws IOException {
    byte[] file = foreign("silero_vad_v5.onnx");

    assertThatThrownBy(() -> read(file, Map.of("input:1", 576, "state:1", 1)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("node 2 \"If_0\" (If): is not known here");
  }

  private static byte[] foreign(String name) throws IOException {
    Path path = FOLDER.resolve(name);
    assumeThat(path).as(".ci/run fetches it; without it, this test is left out").exists();
    return Files.readAllBytes(path);
  }

  private static Map<String, Integer> sizes(String text) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (String size : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int equals = size.lastIndexOf('=');
      sizes.put(size.substring(0, equals), Integer.valueOf(size.substring(equals + 1)));
    }
    return sizes;
  }

  /** The runtime computes outputs of the same sizes; maps have their channels last here. */
  private static Graph assertShapes(byte[] file, Map<String, Integer> sizes) throws OrtException {
    Graph graph = read(file, sizes).graph();
    List<List<Long>> computed = OnnxRuntime.outputShapes(file, sizes);
    assertThat(graph.outputs()).hasSameSizeAs(computed);
    for (int i = 0; i < computed.size(); i++) {
      assertThat(sorted(graph.tensor(graph.outputs().get(i)).shape()))
          .isEqualTo(computed.get(i).stream().sorted().toList());
    }
    return graph;
  }

  private static List<Long> sorted(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().sorted().boxed().toList();
  }
}
