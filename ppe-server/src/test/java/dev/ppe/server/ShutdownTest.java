package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final Gate gate = new Gate();
  private final Answers<EstimateRequest, EstimateResponse> answers = Answers.eager();

  @Test
  void healthTurnsFirstAndRunningCallsFinish() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      Answers<HealthCheckRequest, HealthCheckResponse> health = Answers.eager();
      HealthGrpc.newStub(loopback.channel).watch(HealthCheckRequest.getDefaultInstance(), health);
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      loopback.async().estimate(Requests.named("running"), answers);
      gate.awaitBegun(1);

      var finished = CompletableFuture.supplyAsync(loopback.server::shutdown);
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      gate.open();
      assertThat(answers.next().getModelName()).isEqualTo("running");
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
      assertThat(finished.get(20, TimeUnit.SECONDS)).isTrue(); // though the watch is still open
    }
  }

  @Test
  void openStreamsAreAnsweredAndSentElsewhere() throws Exception {
    Answers<EstimateStreamRequest, EstimateStreamResponse> stream = Answers.eager();
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      loopback.async().estimateStream(stream).onNext(Requests.withId("running", Requests.small()));
      gate.awaitBegun(1);
      var finished = CompletableFuture.supplyAsync(loopback.server::shutdown);
      gate.open();
      assertThat(stream.next().getId()).isEqualTo("running");
      assertThat(stream.end().getCode()).isEqualTo(Code.UNAVAILABLE);
      assertThat(finished.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatOutlastsTheGraceIsCutOffAndInterrupted() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("shutdownGraceSeconds", 0), gate)) {
      loopback.async().estimate(Requests.small(), answers);
      gate.awaitBegun(1);
      assertThat(loopback.server.shutdown()).isFalse();
      gate.awaitInterrupted(1);
      assertThat(answers.end().getCode()).isIn(Code.UNAVAILABLE, Code.CANCELLED);
    }
  }

  @Test
  void aStreamThatEndedForItsGarbageIsInNobodysWay() throws Exception {
    Answers<byte[], EstimateStreamResponse> stream = Answers.eager();
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      loopback.async().estimate(Requests.named("running"), answers);
      gate.awaitBegun(1);
      RawRequests.stream(loopback.channel, stream).onNext(new byte[] {-1, -1, -1});
      assertThat(stream.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);

      var finished = CompletableFuture.supplyAsync(loopback.server::shutdown);
      gate.open();
      assertThat(answers.next().getModelName()).isEqualTo("running");
      assertThat(finished.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void garbageDoesNotKeepWhatTheStreamIsAtFromEnding() throws Exception {
    Answers<byte[], EstimateStreamResponse> stream = Answers.eager();
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      StreamObserver<byte[]> requests = RawRequests.stream(loopback.channel, stream);
      requests.onNext(Requests.withId("running", Requests.small()).toByteArray());
      gate.awaitBegun(1);
      requests.onNext(new byte[] {-1, -1, -1});
      assertThat(stream.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      gate.awaitInterrupted(1);
      assertThat(loopback.server.shutdown()).isTrue();
    }
  }

  @Test
  void newCallsAreRefused() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of(), gate)) {
      assertThat(loopback.server.shutdown()).isTrue();
      loopback.async().estimate(Requests.small(), answers);
      assertThat(answers.end().getCode()).isEqualTo(Code.UNAVAILABLE);
    }
  }
}
