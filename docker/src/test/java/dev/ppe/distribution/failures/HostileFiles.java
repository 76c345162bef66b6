package dev.ppe.distribution.failures;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Model files in which there is much to look at: whole, damaged, and with more operands or memory
 * than there may be. Each has 5 MB at the most.
 */
final class HostileFiles {
  /** For a network that is reckoned with less than half of what may wait in 512 MiB of heap. */
  private static final int NODES = 2_000;

  private static final int TENSORS = 4_000;

  private static final ByteString OPERANDS_ONNX =
      HostileModels.operandsOnnx(NODES, HostileModels.OPERANDS);

  private static final ByteString OPERANDS_TFLITE =
      HostileModels.operandsTflite(NODES, TENSORS, HostileModels.OPERANDS);

  private static final List<EstimateRequest> WHOLE =
      List.of(
          onnx(OPERANDS_ONNX), onnx(HostileModels.tensorsOnnx(TENSORS)), tflite(OPERANDS_TFLITE));

  /** More than half a million attributes: too much for 512 MiB of heap, in 5 MB. */
  private static final EstimateRequest TOO_MUCH_MEMORY =
      onnx(HostileModels.attributesOnnx(NODES + NODES / 10));

  /** One operand of each node too many. */
  private static final EstimateRequest TOO_MANY =
      onnx(HostileModels.operandsOnnx(GraphLimits.DEFAULT.maxNodes(), HostileModels.OPERANDS + 1));

  private static final Set<Code> REFUSED = EnumSet.of(Code.RESOURCE_EXHAUSTED);

  /** What a damaged file asks for may be something that there is not. */
  private static final Set<Code> LOOKED_AT =
      EnumSet.of(Code.OK, Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED, Code.UNIMPLEMENTED);

  private HostileFiles() {}

  static void send(Attacker attacker, RandomGenerator random) {
    switch (random.nextInt(5)) {
      case 0 -> BadCalls.send(attacker, "a file of too many operands", TOO_MANY, REFUSED);
      case 1 -> BadCalls.send(attacker, "a file of too much memory", TOO_MUCH_MEMORY, REFUSED);
      case 2 -> {
        ByteString file = damaged(OPERANDS_ONNX, random);
        BadCalls.send(attacker, "a damaged ONNX file", onnx(file), LOOKED_AT);
      }
      case 3 -> {
        ByteString file = damaged(OPERANDS_TFLITE, random);
        BadCalls.send(attacker, "a damaged TensorFlow Lite file", tflite(file), LOOKED_AT);
      }
      default -> {
        EstimateRequest request = WHOLE.get(random.nextInt(WHOLE.size()));
        BadCalls.send(attacker, "a hostile file", request, LOOKED_AT);
      }
    }
  }

  private static ByteString damaged(ByteString file, RandomGenerator random) {
    return ByteString.copyFrom(BadCalls.damage(file.toByteArray(), random));
  }

  private static EstimateRequest onnx(ByteString file) {
    return EstimateRequest.newBuilder().setOnnx(file).build();
  }

  private static EstimateRequest tflite(ByteString file) {
    return EstimateRequest.newBuilder().setTflite(file).build();
  }
}
