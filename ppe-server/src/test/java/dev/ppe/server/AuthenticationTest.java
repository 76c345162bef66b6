package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.RetryInfo;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.ListAcceleratorsRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceStub;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and quotas. */
class AuthenticationTest {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private Path folder;
  private Map<String, Object> fields;

  @BeforeEach
  void writeClients() throws IOException {
    clients("search: {tokens: [" + hash("right") + "], requestsPerSecond: 1, burst: 2}");
    fields =
        new HashMap<>(
            Map.of("clientsFile", folder.resolve("clients.yaml").toString(), "reloadSeconds", 1));
  }

  private void clients(String yaml) throws IOException {
    Files.writeString(folder.resolve("clients.yaml"), yaml);
  }

  private static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClientInterceptor authorization(String value) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, value);
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }

  private static Throwable failure(Loopback loopback, String authorization) {
    return catchThrowable(
        () ->
            loopback
                .blocking()
                .withInterceptors(authorization(authorization))
                .listAccelerators(ListAcceleratorsRequest.getDefaultInstance()));
  }

  private static Code code(Loopback loopback, String authorization) {
    Throwable failure = failure(loopback, authorization);
    return failure == null ? Code.OK : Status.fromThrowable(failure).getCode();
  }

  @Test
  void whoShowsAKnownTokenIsLetIn() throws Exception {
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(code(loopback, "Bearer right")).isEqualTo(Code.OK);
      assertThat(code(loopback, "bearer  right")).isEqualTo(Code.OK);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer right right",
        "Bearer ",
        "Basic right",
        "right",
        "",
        "Bearer RIGHT"
      })
  void whoShowsAnythingElseIsNot(String authorization) throws Exception {
    try (Loopback loopback = Loopback.start(fields)) {
      Status status = Status.fromThrowable(failure(loopback, authorization));
      assertThat(status.getCode()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).containsIgnoringCase("token").doesNotContain("right");
    }
  }

  @Test
  void whoShowsNothingIsToldHow() throws Exception {
    try (Loopback loopback = Loopback.start(fields)) {
      Status status =
          Status.fromThrowable(
              catchThrowable(() -> loopback.blocking().estimate(Requests.small())));
      assertThat(status.getCode()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(status.getDescription())
          .isEqualTo("a token is wanted: metadata \"authorization: Bearer TOKEN\"");
    }
  }

  @Test
  void healthIsForEverybodyAndReflectionIsNot() throws Exception {
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(
              HealthGrpc.newBlockingStub(loopback.channel)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      Answers<ServerReflectionRequest, ServerReflectionResponse> answers = Answers.eager();
      ServerReflectionGrpc.newStub(loopback.channel)
          .serverReflectionInfo(answers)
          .onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(answers.end().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    }
  }

  @Test
  void aClientOverItsQuotaIsRefusedWithTheTimeToWait() throws Exception {
    fields.putAll(Map.of("admin.enabled", true, "admin.port", 0));
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(code(loopback, "Bearer right")).isEqualTo(Code.OK);
      assertThat(code(loopback, "Bearer right")).isEqualTo(Code.OK);
      Throwable refusal = failure(loopback, "Bearer right");
      assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      RetryInfo retry = StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class);
      assertThat(
              Duration.ofSeconds(
                  retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos()))
          .isBetween(Duration.ofNanos(1), Duration.ofSeconds(1));
      String refused = "ppe_client_requests_total{client=\"search\",code=\"RESOURCE_EXHAUSTED\"} ";
      assertThat(AdminClient.of(loopback.server).metric(refused)).hasValue(1);
    }
  }

  @Test
  void inAStreamEachRequestCountsAndIsRefusedAlone() throws Exception {
    try (Loopback loopback = Loopback.start(fields)) {
      Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
      PowerPerformanceEvaluationServiceStub stub =
          PowerPerformanceEvaluationServiceGrpc.newStub(loopback.channel)
              .withInterceptors(authorization("Bearer right"));
      StreamObserver<EstimateStreamRequest> requests = stub.estimateStream(answers);
      for (int i = 0; i < 6; i++) {
        requests.onNext(Requests.withId("" + i, Requests.small()));
      }
      requests.onCompleted();
      List<EstimateStreamResponse> responses = answers.next(6);
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
      List<EstimateStreamResponse> refused =
          responses.stream().filter(EstimateStreamResponse::hasError).toList();
      assertThat(refused)
          .hasSizeBetween(1, 4) // of six, the burst of two is taken, and one more each second
          .allSatisfy(
              response -> {
                assertThat(response.getError().getCode())
                    .isEqualTo(Code.RESOURCE_EXHAUSTED.value());
                assertThat(response.getError().hasRetryDelay()).isTrue();
              });
    }
  }

  @Test
  void tokensAreReplacedWhileTheServerRuns() throws Exception {
    fields.putAll(Map.of("admin.enabled", true, "admin.port", 0));
    try (Loopback loopback = Loopback.start(fields)) {
      assertThat(code(loopback, "Bearer next")).isEqualTo(Code.UNAUTHENTICATED);
      Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.eager();
      StreamObserver<EstimateStreamRequest> stream =
          PowerPerformanceEvaluationServiceGrpc.newStub(loopback.channel)
              .withInterceptors(authorization("Bearer right"))
              .estimateStream(answers);
      stream.onNext(Requests.withId("1", Requests.small()));
      assertThat(answers.next().hasResponse()).isTrue();
      clients("search: {tokens: [" + hash("next") + "]}");
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (code(loopback, "Bearer next") != Code.OK && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(code(loopback, "Bearer next")).isEqualTo(Code.OK);
      assertThat(code(loopback, "Bearer right")).isEqualTo(Code.UNAUTHENTICATED);
      stream.onNext(Requests.withId("2", Requests.small()));
      assertThat(answers.end().getCode()).isEqualTo(Code.UNAUTHENTICATED);
      clients("search: {tokens: [no hash]}");
      AdminClient.of(loopback.server).awaitMetric("ppe_reload_failures_total", count -> count > 0);
      assertThat(code(loopback, "Bearer next")).isEqualTo(Code.OK);
    }
  }
}
