package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import io.grpc.Status.Code;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests with random mistakes: whatever a client sends, the answer is never an internal error.
 */
class RequestMutationTest {
  private static final int MUTANTS = 4_000;

  private final Estimator estimator = new LocalEstimator(ServiceLimits.DEFAULT);

  private static EstimateRequest.Builder request(Graph graph) {
    return EstimateRequest.newBuilder()
        .setModelName("mutant")
        .setAcceleratorSpec(AcceleratorCatalog.getAccelerator("edgetpu-v1"))
        .setGraph(graph);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void changedBytesNeverGiveAnInternalError(long seed) {
    Random random = new Random(seed);
    byte[] valid = request(GraphCodec.encode(SampleGraphs.convolution())).build().toByteArray();
    Map<Code, Integer> codes = new EnumMap<>(Code.class);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = valid.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      codes.merge(outcome(bytes), 1, Integer::sum);
    }
    assertThat(codes.keySet()).doesNotContain(Code.INTERNAL, Code.UNKNOWN);
    assertThat(codes.get(Code.INVALID_ARGUMENT)).isGreaterThan(MUTANTS / 4);
  }

  @Test
  void changedNumbersNeverGiveAnInternalError() {
    FieldMutator mutator = new FieldMutator(5);
    Graph network = GraphCodec.encode(Zoo.models().get(0).graph());
    for (int i = 0; i < MUTANTS / 4; i++) {
      EstimateRequest.Builder request = request(network);
      mutator.mutate(request, 1 + i % 3);
      assertThat(outcome(request.build())).isNotIn(Code.INTERNAL, Code.UNKNOWN);
    }
  }

  private Code outcome(byte[] bytes) {
    try {
      return outcome(EstimateRequest.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      return Statuses.of(e).getCode();
    }
  }

  private Code outcome(EstimateRequest request) {
    try {
      estimator.estimate(request, Interruption.NEVER);
      return Code.OK;
    } catch (RuntimeException e) {
      Code code = Statuses.of(e).getCode();
      if (code == Code.INTERNAL || code == Code.UNKNOWN) {
        throw new AssertionError("for " + request, e);
      }
      return code;
    }
  }
}
