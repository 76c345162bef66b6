package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What would take more memory than there is for one request is refused before it is made. */
class LargestRequestsTest {
  private static final long MOST = 1_000_000;
  private static final RequestLimits SMALL_HEAP = new RequestLimits(GraphLimits.DEFAULT, MOST);

  /** Each takes more than a megabyte, on the wire none does. */
  private static List<EstimateRequest> large() throws IOException {
    return List.of(
        Requests.of(Requests.chain(1000)),
        Requests.tflite(Requests.chain(500)),
        onnx(OnnxFiles.attributes(50, 100)),
        onnx(OnnxFiles.listedTensors(2_000, 200)),
        Requests.of(Requests.chain(1)).toBuilder().setModelName("ä".repeat(300_000)).build());
  }

  private static EstimateRequest onnx(ByteString file) {
    return EstimateRequest.newBuilder().setOnnx(file).build();
  }

  private static void assertTooLarge(StatusRuntimeException refusal) {
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.getStatus().getDescription())
        .isEqualTo(
            "request: would take more than 1000000 bytes of memory, the limit of this server");
    assertThat(StatusProto.fromThrowable(refusal).getDetailsList()).isEmpty(); // no hint
  }

  @Test
  void theyAreRefusedForGood() throws IOException {
    for (EstimateRequest request : large()) {
      byte[] bytes = request.toByteArray();
      assertThat(bytes.length).isLessThan((int) MOST);
      assertThatThrownBy(() -> WeighedRequests.ofCalls(SMALL_HEAP).weigh(bytes, Interruption.NEVER))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class, LargestRequestsTest::assertTooLarge);
    }
  }

  @Test
  void ofAStreamSuchARequestIsRefusedAlone() throws IOException {
    for (EstimateRequest request : large()) {
      StreamMessage message = Requests.message("one", request);
      EncodedTask task = message.head().task();
      assertThat(message.head().id()).isEqualTo("one");
      assertThatThrownBy(() -> WeighedRequests.ofStreams(SMALL_HEAP).unread(message.bytes(), task))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class, LargestRequestsTest::assertTooLarge);
    }
  }

  @Test
  void whatFollowsIsNotLookedAt() {
    ByteString end = ByteString.copyFrom(new byte[] {-1, -1, -1}); // no message
    byte[] damaged = Requests.of(Requests.chain(1000)).toByteString().concat(end).toByteArray();
    assertThatThrownBy(() -> WeighedRequests.ofCalls(SMALL_HEAP).weigh(damaged, Interruption.NEVER))
        .isInstanceOfSatisfying(StatusRuntimeException.class, LargestRequestsTest::assertTooLarge);
  }

  /** Of every kind, while it is weighed. */
  @Test
  void whoHasGoneIsNotWeighed() throws IOException {
    for (EstimateRequest request : large()) {
      byte[] bytes = request.toByteArray();
      AtomicInteger asked = new AtomicInteger();
      Interruption gone =
          () -> {
            if (asked.incrementAndGet() == 3) {
              throw new CancellationException("gone");
            }
          };
      assertThatThrownBy(() -> WeighedRequests.ofCalls(Requests.ANY_SIZE).weigh(bytes, gone))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              end -> assertThat(end.getStatus().getCode()).isEqualTo(Code.CANCELLED));
    }
  }
}
