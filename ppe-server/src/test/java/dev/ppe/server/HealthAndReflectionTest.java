package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthAndReflectionTest {
  private static final Map<String, Object> WARMING =
      Map.of("warmUpSeconds", 600, "admin.enabled", true, "admin.port", 0);

  private final Answers<ServerReflectionRequest, ServerReflectionResponse> answers =
      Answers.eager();

  @Test
  void aStartedServerServes() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      for (String name : List.of("", PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME)) {
        assertThat(
                HealthGrpc.newBlockingStub(loopback.channel)
                    .check(HealthCheckRequest.newBuilder().setService(name).build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
    }
  }

  @Test
  void aServerThatWarmsUpAnswersAndIsNotReadyYet() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(WARMING, gate)) {
      gate.awaitBegun(1);
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(health(loopback)).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(admin.get("/readyz").body()).isEqualTo("starting\n");
      assertThat(admin.metric("ppe_ready")).hasValue(0);
      gate.open();
      assertThat(loopback.blocking().estimate(Requests.named("early")).getModelName())
          .isEqualTo("early");
      loopback.server.awaitReady();
      assertThat(health(loopback)).isEqualTo(ServingStatus.SERVING);
      assertThat(admin.get("/readyz").body()).isEqualTo("ready\n");
    }
  }

  @Test
  void aServerThatEndsWhileItWarmsUpIsNeverReady() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(WARMING, gate)) {
      gate.awaitBegun(1);
      assertThat(loopback.server.shutdown()).isTrue();
      gate.awaitInterrupted(1);
      loopback.server.awaitReady();
    }
  }

  private static ServingStatus health(Loopback loopback) {
    return HealthGrpc.newBlockingStub(loopback.channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  @Test
  void reflectionListsAndDescribesTheService() throws Exception {
    String name = PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME;
    try (Loopback loopback = Loopback.start()) {
      StreamObserver<ServerReflectionRequest> requests =
          ServerReflectionGrpc.newStub(loopback.channel).serverReflectionInfo(answers);
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(answers.next().getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains(name, HealthGrpc.SERVICE_NAME);
      requests.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build());
      assertThat(answers.next().getFileDescriptorResponse().getFileDescriptorProtoList())
          .isNotEmpty();
      requests.onCompleted();
      assertThat(answers.end().getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void reflectionCanBeLeftOut() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("reflection", false))) {
      ServerReflectionGrpc.newStub(loopback.channel)
          .serverReflectionInfo(answers)
          .onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(answers.end().getCode()).isEqualTo(Code.UNIMPLEMENTED);
    }
  }
}
