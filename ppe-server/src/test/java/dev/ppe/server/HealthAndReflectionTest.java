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
