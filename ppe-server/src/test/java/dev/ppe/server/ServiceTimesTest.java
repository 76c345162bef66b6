package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateRequest.ModelCase;
import dev.ppe.v1.Fidelity;
import org.junit.jupiter.api.Test;

class ServiceTimesTest {
  private static final SizeClass SMALL = new SizeClass(ModelCase.GRAPH, Fidelity.FIDELITY_CYCLE, 6);
  private static final SizeClass LARGE = SMALL.withLog2(10);

  private final ServiceTimes times = new ServiceTimes();

  private static SizeClass size(EstimateRequest request) {
    return Requests.unread(request).size();
  }

  @Test
  void filesHaveTheirBytes() {
    EstimateRequest file =
        EstimateRequest.newBuilder().setOnnx(ByteString.copyFrom(new byte[5000])).build();
    assertThat(size(file)).isEqualTo(new SizeClass(ModelCase.ONNX, Fidelity.FIDELITY_CYCLE, 12));
    assertThat(size(EstimateRequest.getDefaultInstance()))
        .isEqualTo(new SizeClass(ModelCase.MODEL_NOT_SET, Fidelity.FIDELITY_CYCLE, 0));
  }

  @Test
  void requestsWithinAFactorOfTwoAreOfOneClass() {
    assertThat(size(Requests.of(Requests.chain(64)))).isEqualTo(SMALL);
    assertThat(size(Requests.of(Requests.chain(127)))).isEqualTo(SMALL);
    assertThat(size(Requests.of(Requests.chain(128)))).isEqualTo(SMALL.withLog2(7));
    assertThat(
            size(
                Requests.of(Requests.chain(64)).toBuilder()
                    .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
                    .build()))
        .isNotEqualTo(SMALL);
  }

  @Test
  void theNewestCountsForAnEighth() {
    times.observed(SMALL, 800);
    assertThat(times.expected(SMALL)).isEqualTo(800);
    times.observed(SMALL, 1600);
    assertThat(times.expected(SMALL)).isEqualTo(900);
  }

  @Test
  void aClassThatWasNeverSeenTakesItsShareOfTheNearest() {
    assertThat(times.expected(SMALL)).isEqualTo(64 * ServiceTimes.NANOS_PER_NODE);
    times.observed(SMALL, 1_000);
    assertThat(times.expected(LARGE)).isEqualTo(16_000);
    times.observed(LARGE, 4_000);
    assertThat(times.expected(SMALL.withLog2(9))).isEqualTo(2_000);
    assertThat(times.expected(SMALL.withLog2(5))).isEqualTo(500);
  }

  @Test
  void workThatWasStoppedCountsIfItHadTakenLonger() {
    times.observed(SMALL, 800);
    times.tookMoreThan(SMALL, 700);
    assertThat(times.expected(SMALL)).isEqualTo(800);
    times.tookMoreThan(SMALL, 1600);
    assertThat(times.expected(SMALL)).isEqualTo(900);
  }
}
