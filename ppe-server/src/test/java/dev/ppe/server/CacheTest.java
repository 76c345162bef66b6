package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Answers that were given before are given again, byte for byte; the trailer tells. */
class CacheTest {
  private static final Estimator LOCAL = new LocalEstimator(ServiceLimits.DEFAULT);

  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private final ClientInterceptor capture =
      MetadataUtils.newCaptureMetadataInterceptor(headers, trailers);

  private void assertAnswered(Loopback loopback, EstimateRequest request, String trailer) {
    EstimateResponse answer = loopback.blocking().withInterceptors(capture).estimate(request);
    assertThat(trailers.get().get(CacheMetadata.TRAILER)).isEqualTo(trailer);
    assertThat(answer.toByteString())
        .isEqualTo(LOCAL.estimate(request, Interruption.NEVER).toByteString());
  }

  @Test
  void theSameRequestIsAnsweredWithoutBeingRead() throws Exception {
    EstimateRequest request = Requests.of(Zoo.find("mobilenet_v2").orElseThrow().graph());
    try (Loopback loopback = Loopback.start(Map.of("admin.enabled", true, "admin.port", 0))) {
      assertAnswered(loopback, request, "computed=1");
      assertAnswered(loopback, request, "hit=1");
      assertThat( // read or not, it is known what it was
              AdminClient.of(loopback.server)
                  .metric(
                      "ppe_request_seconds_count{code=\"OK\",fidelity=\"cycle\",method=\"Estimate\"}"))
          .hasValue(2);
      assertThat(loopback.server.statistics().cache().requestHits()).isEqualTo(1);
      assertThat(loopback.server.statistics().pool().admitted()).isEqualTo(1);
    }
  }

  @Test
  void theSameNetworkUnderOtherNamesIsAnsweredFromTheCache() throws IOException {
    try (Loopback loopback = Loopback.start()) {
      assertAnswered(loopback, Requests.named("one"), "computed=1");
      assertAnswered(loopback, Requests.named("two"), "hit=1");
      assertAnswered(loopback, Requests.named("three").toBuilder().setBatch(2).build(), "hit=1");
      assertAnswered(
          loopback,
          Requests.named("one").toBuilder().setDetail(Detail.DETAIL_SUMMARY).build(),
          "computed=1");
      assertThat(loopback.server.statistics().cache().hits()).isEqualTo(2);
    }
  }

  @Test
  void withoutACacheEachRequestIsWorkedOut() throws IOException {
    try (Loopback loopback = Loopback.start(Map.of("cacheBytes", 0))) {
      assertAnswered(loopback, Requests.small(), "computed=1");
      assertAnswered(loopback, Requests.small(), "computed=1");
      assertThat(loopback.server.statistics().cache()).isEqualTo(ServerStatistics.Cache.NONE);
    }
  }

  @Test
  void theCacheIsBoundedInBytes() throws IOException {
    int most = 20_000;
    try (Loopback loopback = Loopback.start(Map.of("cacheBytes", most))) {
      for (int i = 0; i < 200; i++) {
        loopback.blocking().estimate(Requests.of(Requests.chain(1 + i % 50)));
      }
      ServerStatistics.Cache cache = loopback.server.statistics().cache();
      assertThat(cache.bytes()).isPositive().isLessThanOrEqualTo(most);
      assertThat(cache.evictions()).isPositive();
    }
  }

  @Test
  void aBadRequestIsBadEachTime() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      for (int i = 0; i < 2; i++) {
        Answers<EstimateRequest, EstimateResponse> answers = Answers.eager();
        loopback.async().estimate(Requests.bad(), answers);
        assertThat(answers.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      }
      assertThat(loopback.server.statistics().cache().entries()).isZero();
    }
  }

  @Test
  void aStreamsTrailerCountsItsAnswers() throws Exception {
    Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
    try (Loopback loopback = Loopback.start(Map.of("workers", 1))) {
      StreamObserver<EstimateStreamRequest> requests =
          PowerPerformanceEvaluationServiceGrpc.newStub(loopback.channel)
              .withInterceptors(capture)
              .estimateStream(answers);
      List<EstimateStreamResponse> received = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        requests.onNext(Requests.withId("id" + i, Requests.named("model" + i)));
        received.add(answers.next());
      }
      requests.onCompleted();
      answers.end();
      assertThat(trailers.get().get(CacheMetadata.TRAILER)).isEqualTo("computed=1, hit=9");
      for (EstimateStreamResponse answer : received) {
        String model = "model" + answer.getId().substring(2);
        assertThat(answer.getResponse())
            .isEqualTo(LOCAL.estimate(Requests.named(model), Interruption.NEVER));
      }
    }
  }
}
