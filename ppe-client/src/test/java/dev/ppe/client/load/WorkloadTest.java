package dev.ppe.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final EstimateRequest OPTIONS =
      EstimateRequest.newBuilder().setAcceleratorName("edgetpu-v1").build();

  private static List<Graph> networks(Workload workload) {
    return IntStream.range(0, workload.size())
        .mapToObj(workload::request)
        .map(request -> request.getGraph().toBuilder().clearName().build())
        .toList();
  }

  @Test
  void candidatesDiffer() {
    assertThat(networks(Workload.candidates(500, 1, OPTIONS))).doesNotHaveDuplicates();
  }

  @Test
  void aSeedGivesTheSameCandidatesAndAnotherOneOthers() {
    List<Graph> first = networks(Workload.candidates(20, 1, OPTIONS));
    assertThat(networks(Workload.candidates(20, 1, OPTIONS))).isEqualTo(first);
    assertThat(networks(Workload.candidates(20, 2, OPTIONS))).doesNotContainAnyElementsOf(first);
  }

  @Test
  void candidatesHaveTheOptions() {
    EstimateRequest request = Workload.candidates(20, 1, OPTIONS).request(7);
    assertThat(request.getAcceleratorName()).isEqualTo("edgetpu-v1");
    assertThat(request.getModelName()).isEqualTo("candidate-7");
  }
}
