package dev.ppe.simulator.format.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime, an independent judge of files and of what they compute. */
public final class OnnxRuntime {
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

  private OnnxRuntime() {}

  /** The shapes of the outputs of one inference over zeros. */
  public static List<List<Long>> outputShapes(byte[] file) throws OrtException {
    return outputShapes(file, Map.of());
  }

  /** As above with sizes for open dimensions, as an import takes them; an open batch is 1. */
  static List<List<Long>> outputShapes(byte[] file, Map<String, Integer> sizes)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = ENVIRONMENT.createSession(file, options)) {
      for (var input : session.getInputInfo().entrySet()) {
        TensorInfo info = (TensorInfo) input.getValue().getInfo();
        inputs.put(input.getKey(), zeros(info.type, shape(input.getKey(), info, sizes)));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        List<List<Long>> shapes = new ArrayList<>();
        for (var output : result) {
          long[] shape = ((TensorInfo) output.getValue().getInfo()).getShape();
          shapes.add(Arrays.stream(shape).boxed().toList());
        }
        return shapes;
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] shape(String input, TensorInfo info, Map<String, Integer> sizes) {
    long[] shape = info.getShape();
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0) {
        Integer named = sizes.get(info.getDimensionNames()[i]);
        shape[i] = named != null ? named : sizes.getOrDefault(input + ":" + i, 1);
      }
    }
    return shape;
  }

  private static OnnxTensor zeros(OnnxJavaType type, long... shape) throws OrtException {
    long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer data =
        ByteBuffer.allocateDirect(Math.toIntExact(elements * type.size))
            .order(ByteOrder.nativeOrder());
    return switch (type) {
      case FLOAT -> OnnxTensor.createTensor(ENVIRONMENT, data.asFloatBuffer(), shape);
      case INT64 -> OnnxTensor.createTensor(ENVIRONMENT, data.asLongBuffer(), shape);
      case INT32 -> OnnxTensor.createTensor(ENVIRONMENT, data.asIntBuffer(), shape);
      default -> OnnxTensor.createTensor(ENVIRONMENT, data, shape, type);
    };
  }
}
