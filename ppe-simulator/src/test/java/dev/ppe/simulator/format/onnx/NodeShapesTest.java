package dev.ppe.simulator.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
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

/** ONNX Runtime is the judge: the shape that an imported node gives is the one that it computes. */
class NodeShapesTest {
  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shapesAreThoseOfTheRuntime(String name, OnnxFile file) throws OrtException {
    Graph graph = file.imported();

    Shape found = graph.tensor(graph.outputs().getFirst()).shape();
    List<Long> computed = computed(file.bytes());
    if (found.rank() > 2) { // maps come back as they are taken, with their channels last
      assertThat(computed).isIn(inFileOrder(found), dimensions(found));
    } else {
      assertThat(computed).isEqualTo(dimensions(found));
    }
  }

  private static Stream<Arguments> cases() {
    return Stream.of(WindowCases.all(), FunctionCases.all(), ShapeCases.all(), QuantizedCases.all())
        .flatMap(cases -> cases.files().entrySet().stream())
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  private static List<Long> dimensions(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().boxed().toList();
  }

  private static List<Long> inFileOrder(Shape shape) {
    return dimensions(AxisOrder.channelsLast(shape.rank()).toFile(shape));
  }

  private static List<Long> computed(byte[] file) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = RUNTIME.createSession(file, options)) {
      for (var input : session.getInputInfo().entrySet()) {
        inputs.put(input.getKey(), zeros((TensorInfo) input.getValue().getInfo()));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        long[] shape = ((TensorInfo) result.get(0).getInfo()).getShape();
        return Arrays.stream(shape).boxed().toList();
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor zeros(TensorInfo info) throws OrtException {
    ByteBuffer data =
        ByteBuffer.allocateDirect((int) info.getNumElements() * info.type.size)
            .order(ByteOrder.nativeOrder());
    return info.type == OnnxJavaType.FLOAT
        ? OnnxTensor.createTensor(RUNTIME, data.asFloatBuffer(), info.getShape())
        : OnnxTensor.createTensor(RUNTIME, data, info.getShape(), info.type);
  }
}
