package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.format.export.RoundTrip;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.zoo.Zoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every operator with random weights, left in a folder: {@code .ci/run} has TensorFlow
 * Lite itself run them. There is no build of it for Java.
 */
class TfliteSamplesTest {
  private static final Path FOLDER = Path.of("target", "exported-tflite");

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void samplesAreWrittenForTheRuntime(String name, Graph graph) throws IOException {
    Path path = FOLDER.resolve(name.replaceAll("[^A-Za-z0-9-]+", "_") + ".tflite");
    Files.createDirectories(FOLDER);
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = TfliteWriter.write(graph, new Weights.Random(5));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }

    Graph again =
        TfliteReader.read(
                graph.name(), ByteBuffer.wrap(Files.readAllBytes(path)), ImportOptions.DEFAULT)
            .graph();
    RoundTrip.assertKept(again, graph);
  }

  private static Stream<Arguments> samples() {
    return Stream.of(
            RoundTrip.samples().filter(sample -> !isFlex((Graph) sample.get()[1])),
            Stream.of(Arithmetic.values()).flatMap(TfliteSamplesTest::networks))
        .flatMap(samples -> samples);
  }

  /** The error function is no operator of TensorFlow Lite, but of TensorFlow. */
  private static boolean isFlex(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(node -> node.operator().equals(new Operator.Unary(UnaryFunction.ERF)));
  }

  private static Stream<Arguments> networks(Arithmetic arithmetic) {
    Graph portable = PortableGroups.expand(SampleNetworks.blocks(arithmetic));
    return Stream.concat(
        Stream.of(Arguments.of("portable groups " + arithmetic, portable)),
        Stream.of("mobilenet_v3_small", "mobilenet_edgetpu_v2_tiny", "mobilebert_edgetpu_xxs")
            .map(name -> Zoo.find(name).orElseThrow())
            .map(model -> Arguments.of(model.name() + " " + arithmetic, model.graph(arithmetic))));
  }
}
