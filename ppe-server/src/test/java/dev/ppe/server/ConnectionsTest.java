package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long connections live, and what goes over them beside messages. */
class ConnectionsTest {
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void anAgedConnectionIsReplacedAndNoCallFails() throws Exception {
    Map<String, Object> fields =
        Map.of("connections.maxAgeSeconds", 1, "admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      AdminClient admin = AdminClient.of(loopback.server);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (admin.metric("ppe_connections_total ").orElseThrow() < 3 && System.nanoTime() < end) {
        EstimateResponse response = loopback.blocking().estimate(Requests.small());
        assertThat(response.getLatencyUs()).isPositive();
      }
      assertThat(admin.metric("ppe_connections_total ").orElseThrow()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aConnectionOnWhichManyCallsAreTakenBackEndsAndTheNextOneIsAnswered() throws Exception {
    Map<String, Object> fields =
        Map.of("connections.maxResets", 20, "admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      AdminClient admin = AdminClient.of(loopback.server);
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (admin.metric("ppe_connections_total ").orElseThrow() < 2 && System.nanoTime() < end) {
        try {
          takeBackOneCall(loopback);
        } catch (StatusRuntimeException ended) { // the connection, under the call beside it
          assertThat(ended.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        }
      }
      assertThat(admin.metric("ppe_connections_total ").orElseThrow()).isEqualTo(2);
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
    }
  }

  @Test
  void aConnectionOnWhichFewCallsAreTakenBackLives() throws Exception {
    Map<String, Object> fields =
        Map.of("connections.maxResets", 20, "admin.enabled", true, "admin.port", 0);
    try (Loopback loopback = Loopback.start(fields)) {
      for (int i = 0; i < 19; i++) {
        takeBackOneCall(loopback);
      }
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
      AdminClient admin = AdminClient.of(loopback.server);
      assertThat(admin.metric("ppe_connections_total ").orElseThrow()).isEqualTo(1);
    }
  }

  /** The call has reached the server before it is taken back. */
  private static void takeBackOneCall(Loopback loopback) {
    ClientCall<EstimateRequest, EstimateResponse> call =
        loopback
            .blocking()
            .getChannel()
            .newCall(
                PowerPerformanceEvaluationServiceGrpc.getEstimateMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    loopback.blocking().estimate(Requests.small()); // behind it on the same connection
    call.cancel("no longer wanted", null);
  }

  /** Sends an id, and keeps those of the answers. */
  private record Ids(String sent, List<String> received) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          if (!sent.isEmpty()) {
            headers.put(REQUEST_ID, sent);
          }
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata answer) {
                  received.add(String.valueOf(answer.get(REQUEST_ID)));
                  super.onHeaders(answer);
                }
              },
              headers);
        }
      };
    }
  }

  private static String idOfAnswer(Loopback loopback, String sent) {
    Ids ids = new Ids(sent, new ArrayList<>());
    EstimateResponse response =
        loopback.blocking().withInterceptors(ids).estimate(Requests.small());
    assertThat(response.getLatencyUs()).isPositive();
    assertThat(ids.received()).hasSize(1);
    return ids.received().getFirst();
  }

  @Test
  void answersCarryTheRequestsId() throws Exception {
    try (Loopback loopback = Loopback.start()) {
      assertThat(idOfAnswer(loopback, "my-request.7")).isEqualTo("my-request.7");
      String own = idOfAnswer(loopback, "");
      assertThat(own).matches("[0-9a-f]{8}-[0-9a-f]+");
      assertThat(idOfAnswer(loopback, "")).isNotEqualTo(own);
      assertThat(idOfAnswer(loopback, "forged line")).matches("[0-9a-f]{8}-[0-9a-f]+");
      assertThat(idOfAnswer(loopback, "x".repeat(65))).matches("[0-9a-f]{8}-[0-9a-f]+");
    }
  }
}
