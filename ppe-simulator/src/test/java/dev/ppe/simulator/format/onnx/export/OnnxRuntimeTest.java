package dev.ppe.simulator.format.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ppe.simulator.format.export.PortableGroups;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.zoo.Arithmetic;
import dev.ppe.simulator.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(export(graph), options)) {
      for (var input : session.getInputInfo().entrySet()) {
        inputs.put(input.getKey(), zeros(environment, (TensorInfo) input.getValue().getInfo()));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        TensorInfo info = (TensorInfo) result.get(0).getInfo();
        Shape expected = graph.tensor(graph.outputs().getFirst()).shape();
        assertThat(sorted(info.getShape())).isEqualTo(sorted(expected));
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor zeros(OrtEnvironment environment, TensorInfo info) throws OrtException {
    ByteBuffer data =
        ByteBuffer.allocateDirect((int) info.getNumElements() * info.type.size)
            .order(ByteOrder.nativeOrder());
    return info.type == OnnxJavaType.FLOAT
        ? OnnxTensor.createTensor(environment, data.asFloatBuffer(), info.getShape())
        : OnnxTensor.createTensor(environment, data, info.getShape(), info.type);
  }

  /** Feature maps have their axes in another order. */
  private static List<Long> sorted(long... dimensions) {
    return Arrays.stream(dimensions).sorted().boxed().toList();
  }

  private static List<Long> sorted(Shape shape) {
    return sorted(Arrays.stream(shape.toArray()).asLongStream().toArray());
  }
}
