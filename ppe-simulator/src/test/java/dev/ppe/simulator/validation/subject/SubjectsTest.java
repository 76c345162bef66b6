package dev.ppe.simulator.validation.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Dataset;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.subject.Subject.Absent;
import dev.ppe.simulator.validation.subject.Subject.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectsTest {
  private static final Path SHARED_MODELS = Path.of("..", "..", "shared", "models");
  private static final Subjects WITHOUT_FILES = new Subjects(Optional.empty());

  @TempDir private Path folder;

  private static Row row(Map<String, String> fields) {
    return new Row("test.csv", 2, fields);
  }

  private static Row compiled(String model) {
    return row(Map.of("model", model));
  }

  private static Graph graph(Subject subject) {
    assertThat(subject).isInstanceOf(Found.class);
    return ((Found) subject).graph();
  }

  private static String reason(Subject subject) {
    assertThat(subject).isInstanceOf(Absent.class);
    return ((Absent) subject).reason();
  }

  static Stream<Row> published() {
    Datasets data = Datasets.builtIn();
    return Stream.of(Dataset.PIXEL6, Dataset.CORAL_NAMED_MODELS)
        .flatMap(dataset -> data.of(dataset).stream());
  }

  @ParameterizedTest
  @MethodSource
  void published(Row row) {
    Tensor input = firstInput(graph(WITHOUT_FILES.published(row)));

    assertThat(input.shape()).hasToString("1x" + row.text("input_hwc"));
    assertThat(input.type()).isEqualTo(DataType.INT8);
  }

  private static Tensor firstInput(Graph graph) {
    return graph.tensor(graph.inputs().getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "MobileNetEdgeTPU dm1.0, 224x224x3, mobilenet_edgetpu",
    "MobileNetEdgeTPU dm0.75, 224x224x3, mobilenet_edgetpu_0.75",
    "MobileNetEdgeTPUv2-Tiny, 224x224x3, mobilenet_edgetpu_v2_tiny",
    "MobileNet V1 0.25 (models page), 128x128x3, mobilenet_v1_0.25_128",
    "EfficientNet-EdgeTpu-L, 300x300x3, efficientnet_edgetpu_l",
    "ResNet-50 V1, 299x299x3, resnet50",
    "ResNet-50 V2, 299x299x3, resnet50_v2",
    "Inception-ResNet V2, 299x299x3, inception_resnet_v2",
    "MobileNet v1 SSD, 300x300x3, ssd_mobilenet_v1_postprocess",
    "DenseNet, 224x224x3, densenet121",
    "Unet Mv2, 128x128x3, unet_mobilenet_v2_128",
    "DeepLab V3, 513x513x3, deeplabv3_mobilenet_v2",
    "autoseg_edgetpu_s (fused argmax), 512x512x3, autoseg_edgetpu_s_fused_argmax",
    "autoseg_edgetpu_s (argmax), 512x512x3, autoseg_edgetpu_s"
  })
  void publishedNamesMeanNetworksOfTheZoo(String name, String input, String network) {
    Subject subject = WITHOUT_FILES.published(row(Map.of("model", name, "input_hwc", input)));

    assertThat(graph(subject)).isNotNull();
    assertThat(((Found) subject).origin()).isEqualTo("zoo: " + network);
  }

  @Test
  void whatIsUnknownIsSaid() {
    Map<String, String> unknown = Map.of("model", "MobileNet v9", "input_hwc", "224x224x3");
    assertThat(reason(WITHOUT_FILES.published(row(unknown))))
        .startsWith("no file and no network of the zoo; did you mean mobilenet_v");
    Map<String, String> wide = Map.of("model", "VGG16", "input_hwc", "224x300x3");
    assertThat(reason(WITHOUT_FILES.published(row(wide))))
        .isEqualTo("input 224x300x3 is no square image");
    assertThat(reason(WITHOUT_FILES.compiled(compiled("unknown_quant"))))
        .isEqualTo("no file, and no description to build it from");
    assertThat(reason(WITHOUT_FILES.compiled(compiled("model_padding_1x1x3")))).contains("must be");
  }

  @Test
  void sweepsTakeFloatsThatTheHostQuantises() {
    for (Row row : Datasets.builtIn().of(Dataset.CORAL_CONVOLUTIONS)) {
      isQuantisedFirst(graph(WITHOUT_FILES.convolutions(row)));
    }
    for (Row row : Datasets.builtIn().of(Dataset.CORAL_DENSE)) {
      isQuantisedFirst(graph(WITHOUT_FILES.dense(row)));
    }
  }

  private static void isQuantisedFirst(Graph graph) {
    assertThat(firstInput(graph).type()).isEqualTo(DataType.FLOAT32);
    assertThat(graph.nodes().getFirst().operator()).isInstanceOf(Operator.Quantize.class);
    assertThat(graph.tensor(graph.outputs().getFirst()).type()).isEqualTo(DataType.INT8);
  }

  @Test
  void aSweepsNetworkHasTheRowsMacs() {
    Map<String, String> fields =
        Map.of("units", "8", "layers", "4->8, then 2 x (8->8), then 8->2", "macs", "176");
    assertThat(Workload.macs(graph(WITHOUT_FILES.dense(row(fields))))).isEqualTo(176);
    Map<String, String> others = Map.of("units", "8", "layers", "4->8", "macs", "176");
    assertThat(reason(WITHOUT_FILES.dense(row(others))))
        .isEqualTo("the row has 176 MACs, the network built from it 32");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4=>8 | \"4=>8\" is no layer; one is like 64->100 or 3 x (100->100)",
        "4->8, then 9->2 | \"9->2\" does not follow on 8 units",
        "2 x (4->8) | \"2 x (4->8)\" does not follow on 8 units",
        "9999 x (4->4) | \"9999 x (4->4)\" does not follow on 4 units"
      })
  void layersInWordsAreChecked(String layers, String reason) {
    Map<String, String> fields = Map.of("units", "8", "layers", layers, "macs", "176");
    assertThat(reason(WITHOUT_FILES.dense(row(fields)))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "model_conv_128x128x3x32x7x10",
    "conv2d_12x128x64_to_64_k3_s1_same_quant",
    "conv2d_12x184x128_to_128_k3_s1_same_quant"
  })
  void whatIsWrittenByNameIsTheNetworkOfTheFile(String name) {
    assumeThat(SHARED_MODELS).as("the shared models lie beside the checkout").exists();
    Subject file = new Subjects(Optional.of(SHARED_MODELS)).compiled(compiled(name));

    assertThat(((Found) file).origin()).isEqualTo("file");
    Graph written = graph(WITHOUT_FILES.compiled(compiled(name)));
    assertThat(Workload.macs(written)).isEqualTo(Workload.macs(graph(file)));
    assertThat(Workload.parameters(written)).isEqualTo(Workload.parameters(graph(file)));
    assertThat(firstInput(written).type()).isEqualTo(firstInput(graph(file)).type());
    if (name.startsWith("conv2d")) {
      assertThat(CanonicalGraph.of(written).hash())
          .isEqualTo(CanonicalGraph.of(graph(file)).hash());
    }
  }

  /** With boxes and scores padded as the compiler does it, channels to 4 and all to 8 bytes. */
  @Test
  void segmentsTakeAndGiveTheBytesThatTheCompilerReports() {
    List<Row> segments =
        Datasets.builtIn().of(Dataset.COMPILER).stream()
            .filter(row -> row.text("model").contains("_segment_"))
            .toList();
    assertThat(segments).hasSize(6);
    for (Row row : segments) {
      Graph graph = graph(WITHOUT_FILES.compiled(row));
      assertThat(padded(graph, graph.inputs())).isEqualTo(row.count("input_dma_bytes"));
      assertThat(padded(graph, graph.outputs())).isEqualTo(row.count("output_dma_bytes"));
      assertThat(graph.tensors())
          .allSatisfy(
              tensor -> {
                assertThat(tensor.type()).isIn(DataType.UINT8, DataType.INT32);
                assertThat(tensor.quantization()).isInstanceOf(Quantization.PerTensor.class);
              });
    }
    assertThat(reason(WITHOUT_FILES.compiled(compiled(segment(4, 4))))).startsWith("no file");
    assertThat(reason(WITHOUT_FILES.compiled(compiled(segment(0, 3))))).startsWith("no file");
  }

  /** The last segments' largest scores pass through each PE whole when they become boxes. */
  @Test
  void headsTakeThePeMemoryThatTheCompilerReports() {
    List<Row> heads =
        Datasets.builtIn().of(Dataset.COMPILER).stream()
            .filter(row -> List.of(segment(1, 2), segment(3, 4)).contains(row.text("model")))
            .toList();
    assertThat(heads).hasSize(2);
    for (Row row : heads) {
      Mapping mapping =
          Compiler.map(
              CanonicalGraph.of(graph(WITHOUT_FILES.compiled(row))),
              Presets.get("coral-compiler-late"),
              Interruption.NEVER);

      assertThat((double) mapping.memory().peakBytes())
          .isCloseTo((double) row.count("narrow_memory_bytes_per_tile"), withinPercentage(5));
    }
  }

  private static String segment(int index, int count) {
    return "ssd_mobilenet_v1_coco_quant_postprocess_segment_%d_of_%d".formatted(index, count);
  }

  private static long padded(Graph graph, List<Integer> tensors) {
    return tensors.stream()
        .map(graph::tensor)
        .mapToLong(
            tensor -> {
              long channels = tensor.shape().innermost();
              // Three channels of an image stay three.
              long stride = channels == 3 ? 3 : (channels + 3) / 4 * 4;
              return (tensor.shape().elements() / channels * stride + 7) / 8 * 8;
            })
        .sum();
  }

  /** With weights in lines of 4 inputs by 128 or 16 outputs, and 4 bytes more for each output. */
  @Test
  void theDenseStackHasTheParametersThatTheCompilerReports() {
    Row row =
        Datasets.builtIn().of(Dataset.COMPILER).stream()
            .filter(candidate -> candidate.text("model").equals("model_dense_2x2x3x100x100"))
            .findFirst()
            .orElseThrow();
    Graph graph = graph(WITHOUT_FILES.compiled(row));

    List<Long> layers =
        graph.nodes().stream()
            .filter(node -> node.operator() instanceof Operator.FullyConnected)
            .map(node -> graph.input(node, 1).shape())
            .map(
                weights -> {
                  long inputs = weights.dim(1) == 12 ? 16 : weights.dim(1); // 2 x 2 x 4 is stored
                  return (inputs + 4) * (weights.dim(0) == 1 ? 16 : 128);
                })
            .toList();

    assertThat(layers).hasSize(101);
    assertThat(sum(layers.subList(0, 79))).isEqualTo(row.count("params_cached_on_chip_bytes"));
    assertThat(sum(layers.subList(79, 101)))
        .isEqualTo(row.count("params_streamed_per_inference_bytes"));
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1_0.25_128_quant, zoo: mobilenet_v1_0.25_128",
    "mobilenet_v1_0.5_160_quant, zoo: mobilenet_v1_0.5",
    "mobilenet_v2_1.0_224_quant, zoo: mobilenet_v2",
    "inception_v3_299_quant, zoo: inception_v3"
  })
  void hostedClassifiersAreThoseOfTheZooInUint8(String name, String origin) {
    Subject subject = WITHOUT_FILES.compiled(compiled(name));

    Graph graph = graph(subject);
    assertThat(((Found) subject).origin()).isEqualTo(origin);
    assertThat(firstInput(graph).type()).isEqualTo(DataType.UINT8);
    assertThat(firstInput(graph).shape().dim(1))
        .isEqualTo(Integer.parseInt(name.split("_", -1)[name.split("_", -1).length - 2]));
    assertThat(graph.tensor(graph.outputs().getFirst()).shape().innermost()).isEqualTo(1001);
  }

  @Test
  void filesComeFirst() throws IOException {
    Files.writeString(folder.resolve("dense_256.tflite"), "no model");
    Subjects subjects = new Subjects(Optional.of(folder));

    assertThat(reason(subjects.compiled(compiled("dense_256"))))
        .startsWith("its file is no model that can be used: byte 0: no known model format");
    assertThat(graph(subjects.compiled(compiled("dense_128")))).isNotNull();
    assertThat(reason(subjects.compiled(compiled("../secret")))).startsWith("no file");
  }

  @Test
  void systolicLayersHaveNoPaddingButALastWindowThatReachesOverTheEdge() {
    Row row = Datasets.builtIn().of(Dataset.SCALE_SIM).getFirst();

    Graph graph = graph(WITHOUT_FILES.singleLayer(row));

    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).hasToString("1x112x112x32");
  }
}
