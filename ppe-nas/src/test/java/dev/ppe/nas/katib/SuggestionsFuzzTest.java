package dev.ppe.nas.katib;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.foreign.katib.Experiment;
import dev.ppe.foreign.katib.GetSuggestionsReply.ParameterAssignments;
import dev.ppe.foreign.katib.GetSuggestionsRequest;
import dev.ppe.foreign.katib.Trial;
import dev.ppe.foreign.katib.TrialStatus.TrialConditionType;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a request has: suggestions, or a refusal that says why. */
class SuggestionsFuzzTest {
  private static final Set<Code> REFUSALS =
      Set.of(Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED, Code.OUT_OF_RANGE);

  private static GetSuggestionsRequest seed(String algorithm) {
    Experiment experiment = Experiments.small(algorithm, "seed=1");
    List<Trial> trials = new ArrayList<>();
    for (ParameterAssignments each :
        Suggestions.answer(Experiments.request(experiment, 4, 4, List.of()))
            .getParameterAssignmentsList()) {
      trials.add(Experiments.ended(trials.size(), each, TrialConditionType.SUCCEEDED, "0.5"));
    }
    return Experiments.request(experiment, 2, 6, trials);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void mutatedRequestsAreAnsweredOrRefused(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds =
        List.of(
            seed("random").toByteArray(),
            seed("grid").toByteArray(),
            seed("evolution").toByteArray(),
            seed("reinforce-batched").toByteArray());
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int m = random.nextInt(4); m >= 0; m--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      GetSuggestionsRequest request;
      try {
        request = GetSuggestionsRequest.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        continue; // gRPC refuses it
      }
      try {
        int count = Suggestions.answer(request).getParameterAssignmentsCount();
        assertThat(count).isEqualTo(request.getCurrentRequestNumber());
        answered++;
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isIn(REFUSALS);
        assertThat(e.getStatus().getDescription()).isNotBlank().doesNotContain("null", "\n");
        refused++;
      }
    }
    assertThat(answered).isPositive();
    assertThat(refused).isPositive();
  }
}
