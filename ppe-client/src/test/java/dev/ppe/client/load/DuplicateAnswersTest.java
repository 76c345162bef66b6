package dev.ppe.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ReplicaChannel;
import dev.ppe.client.Target;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuplicateAnswersTest {
  /** A server that takes Estimate for a method of several answers. */
  private static Server twice() throws Exception {
    var method =
        PowerPerformanceEvaluationServiceGrpc.getEstimateMethod().toBuilder()
            .setType(MethodType.SERVER_STREAMING)
            .setSchemaDescriptor(null)
            .build();
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(
            ServerServiceDefinition.builder(PowerPerformanceEvaluationServiceGrpc.SERVICE_NAME)
                .addMethod(
                    method,
                    ServerCalls.<EstimateRequest, EstimateResponse>asyncServerStreamingCall(
                        (request, answers) -> {
                          answers.onNext(EstimateResponse.getDefaultInstance());
                          answers.onNext(EstimateResponse.getDefaultInstance());
                          answers.onCompleted();
                        }))
                .build())
        .build()
        .start();
  }

  @Test
  void anAnswerThatComesTwiceIsCounted() throws Exception {
    Server server = twice();
    ManagedChannel channel =
        ReplicaChannel.open(
            Target.parse("localhost:" + server.getPort()), ConnectionSecurity.PLAINTEXT, false);
    try {
      LoadPlan plan =
          new LoadPlan(
              Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(60), 100, false, false);
      LoadResult result =
          new LoadRun(
                  List.of(channel),
                  Workload.of(List.of(EstimateRequest.getDefaultInstance())),
                  plan,
                  Optional.empty())
              .run(Arrivals.constant(100));
      assertThat(result.due()).isEqualTo(9);
      assertThat(result.answers().duplicate()).isEqualTo(9);
      assertThat(result.answers().faultless()).isFalse();
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
