package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are copied are, to the byte, those that protobuf would write. */
class StreamAnswersTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "1", "\u00e9\ud83d\ude00", "a longer one"})
  void anAnswerIsWhatProtobufWrites(String id) {
    for (EstimateResponse response :
        new EstimateResponse[] {
          EstimateResponse.getDefaultInstance(),
          EstimateResponse.newBuilder().setModelName("m".repeat(200)).setCycles(7).build()
        }) {
      for (String name : new String[] {id, id.repeat(200)}) {
        assertThat(StreamAnswers.answer(name, response.toByteArray()))
            .isEqualTo(
                EstimateStreamResponse.newBuilder()
                    .setId(name)
                    .setResponse(response)
                    .build()
                    .toByteArray());
      }
    }
  }
}
