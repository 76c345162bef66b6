package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams: a bad request fails alone, a slow reader is not read from, an end is an end. */
class EstimateStreamTest {
  private final Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();

  private static EstimateStreamRequest request(String id) {
    return Requests.withId(id, Requests.named(id));
  }

  @Test
  void aBadRequestAmongGoodOnesFailsAlone() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
      requests.onNext(request("good"));
      requests.onNext(Requests.withId("bad", Requests.bad()));
      requests.onNext(EstimateStreamRequest.newBuilder().setId("empty").build());
      requests.onNext(request("also good"));
      requests.onCompleted();
      for (EstimateStreamResponse answer : answers.next(4)) {
        switch (answer.getId()) {
          case "good", "also good" ->
              assertThat(answer.getResponse().getModelName()).isEqualTo(answer.getId());
          case "bad" ->
              assertThat(answer.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
          case "empty" -> {
            assertThat(answer.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
            assertThat(answer.getError().getMessage()).isEqualTo("request is missing");
          }
          default -> throw new AssertionError(answer.getId());
        }
      }
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void answersComeAsTheyAreReady() throws Exception {
    Gate gate = new Gate();
    Estimator estimator =
        (request, interruption) ->
            request.getModelName().equals("slow")
                ? gate.estimate(request, interruption)
                : Requests.answerTo(request);
    try (Loopback loopback = Loopback.start(Map.of(), estimator)) {
      StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
      requests.onNext(request("slow"));
      requests.onNext(request("quick"));
      assertThat(answers.next().getId()).isEqualTo("quick");
      gate.open();
      assertThat(answers.next().getId()).isEqualTo("slow");
      requests.onCompleted();
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void anEmptyStreamEnds() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      loopback.async().estimateStream(answers).onCompleted();
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void aStreamAloneIsNeverRefused() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("workers", 1, "queueCapacity", 1))) {
      StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
      for (int i = 0; i < 100; i++) {
        requests.onNext(request("id" + i));
      }
      requests.onCompleted();
      assertThat(answers.next(100)).allMatch(EstimateStreamResponse::hasResponse);
    }
  }

  @Test
  void anOverloadedServersErrorSaysWhenToTryAgain() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(Map.of("workers", 1, "queueCapacity", 1), gate)) {
      Answers<EstimateStreamRequest, EstimateStreamResponse> others = Answers.eager();
      StreamObserver<EstimateStreamRequest> first = loopback.async().estimateStream(others);
      first.onNext(request("running"));
      gate.awaitBegun(1);
      loopback.async().estimateStream(answers).onNext(request("waits"));
      loopback.async().estimateStream(answers).onNext(request("or is refused"));
      EstimateStreamResponse refused = answers.next();
      assertThat(refused.getError().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED.value());
      assertThat(Durations.toMillis(refused.getError().getRetryDelay())).isBetween(10L, 30_000L);
      gate.open();
      assertThat(answers.next().hasResponse()).isTrue();
    }
  }

  @Test
  void cancellingStopsWhatIsInWork() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(answers);
      List.of("a", "b", "c", "d").forEach(id -> requests.onNext(request(id)));
      gate.awaitBegun(2);
      answers.cancel();
      gate.awaitInterrupted(2);
      gate.open();
      assertThat(loopback.blocking().estimate(Requests.named("next")).getModelName())
          .isEqualTo("next");
    }
  }

  @Test
  void whoDoesNotReadIsNotReadFrom() throws IOException, InterruptedException {
    int requestCount = 400;
    int unreadAtMost = 120; // answers of 256 KiB that window, transport buffers and stream may hold
    AtomicInteger begun = new AtomicInteger();
    EstimateResponse large = EstimateResponse.newBuilder().addNotes("x".repeat(256 << 10)).build();
    Answers<EstimateStreamRequest, EstimateStreamResponse> slow = Answers.slow();
    try (Loopback loopback =
        Loopback.start(
            Map.of(),
            (request, interruption) -> {
              begun.incrementAndGet();
              return large;
            })) {
      StreamObserver<EstimateStreamRequest> requests = loopback.async().estimateStream(slow);
      for (int i = 0; i < requestCount; i++) {
        requests.onNext(request("id" + i));
      }
      requests.onCompleted();
      for (int read = 0; read < requestCount; read++) {
        assertThat(begun.get() - read).isLessThanOrEqualTo(unreadAtMost);
        slow.read();
      }
      assertThat(slow.end().getCode()).isEqualTo(Code.OK);
    }
    assertThat(begun).hasValue(requestCount);
  }
}
