package dev.ppe.server;

import static dev.ppe.v1.EstimateStreamResponse.ID_FIELD_NUMBER;
import static dev.ppe.v1.EstimateStreamResponse.RESPONSE_FIELD_NUMBER;

import com.google.protobuf.CodedOutputStream;
import dev.ppe.v1.EstimateStreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a stream answers: an EstimateStreamResponse on the wire for each request's id. */
final class StreamAnswers {
  private StreamAnswers() {}

  /** With a response that is on the wire already, and is copied without being read. */
  static byte[] answer(String id, byte[] response) {
    int idBytes = id.isEmpty() ? 0 : CodedOutputStream.computeStringSize(ID_FIELD_NUMBER, id);
    byte[] answer =
        new byte[idBytes + CodedOutputStream.computeByteArraySize(RESPONSE_FIELD_NUMBER, response)];
    CodedOutputStream out = CodedOutputStream.newInstance(answer);
    try {
      if (!id.isEmpty()) {
        out.writeString(ID_FIELD_NUMBER, id);
      }
      out.writeByteArray(RESPONSE_FIELD_NUMBER, response);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array has just the room that was reckoned", e);
    }
    return answer;
  }

  /** With an error. */
  static byte[] failure(String id, Throwable failure) {
    return EstimateStreamResponse.newBuilder()
        .setId(id)
        .setError(Refusals.errorOf(failure))
        .build()
        .toByteArray();
  }
}
