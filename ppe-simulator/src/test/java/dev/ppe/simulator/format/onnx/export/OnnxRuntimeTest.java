package dev.ppe.simulator.format.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.OnnxRuntime;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime takes what is written, and runs one inference of it. */
class OnnxRuntimeTest {
  private static final Weights RANDOM = new Weights.Random(3);

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#samples")
  void runsEveryOperator(String name, Graph graph) throws Exception {
    assertRuns(graph);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void runsNetworks(String name, Graph graph) throws Exception {
    assertRuns(graph);
  }

  private static Stream<Arguments> networks() {
    return Stream.concat(
            Stream.of(
                SampleNetworks.blocks(Arithmetic.FLOAT32),
                SampleNetworks.blocks(Arithmetic.INT8),
                PortableGroups.expand(SampleNetworks.blocks(Arithmetic.INT8)),
                SampleNetworks.explicitPadding(Arithmetic.FLOAT32, PoolFunction.AVERAGE),
                SampleNetworks.explicitPadding(Arithmetic.INT8, PoolFunction.MAX)),
            Stream.of("mobilenet_v2", "mobilenet_edgetpu_v2_xs")
                .map(name -> Zoo.find(name).orElseThrow())
                .flatMap(m -> Stream.of(Arithmetic.values()).map(m::graph)))
        .map(graph -> Arguments.of(graph.name() + " " + graph.tensor(0).type(), graph));
  }

  private static byte[] export(Graph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(graph, RANDOM, out);
    return out.toByteArray();
  }

  private static void assertRuns(Graph graph) throws IOException, OrtException {
    List<List<Long>> computed = OnnxRuntime.outputShapes(export(graph));
    assertThat(computed).hasSameSizeAs(graph.outputs());
    for (int i = 0; i < computed.size(); i++) {
      Shape expected = graph.tensor(graph.outputs().get(i)).shape();
      assertThat(computed.get(i).stream().sorted().toList()).isEqualTo(sorted(expected));
    }
  }

  /** Feature maps have their axes in another order. */
  private static List<Long> sorted(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().sorted().boxed().toList();
  }
}
