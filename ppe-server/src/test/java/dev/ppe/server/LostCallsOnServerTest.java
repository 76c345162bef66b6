package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who loses calls, and who does not, with all that a server consists of. */
@EnabledOnOs(OS.LINUX) // where all of 127/8 is this machine
class LostCallsOnServerTest {
  private static final String LOST = "ppe_calls_lost_total";
  private static final String WATCH = "grpc.health.v1.Health/Watch";
  private static final String BAD = "127.0.0.2";
  private static final String GOOD = "127.0.0.3";

  private static Loopback start() throws Exception {
    return Loopback.start(
        Map.of(
            "admin.enabled", true,
            "admin.port", 0,
            "connections.maxOpenCallsPerClient", 3,
            "connections.maxLostCallsPerSecond", 1));
  }

  private static ManagedChannel channel(Loopback loopback) {
    return NettyChannelBuilder.forAddress(loopback.server.address())
        .localSocketPicker(new FromAddress(GOOD))
        .usePlaintext()
        .build();
  }

  @Test
  void answersOfAnyCodeLoseNoCall() throws Exception {
    try (Loopback loopback = start();
        RawClient unsaid = new RawClient(loopback.server, GOOD)) {
      ManagedChannel channel = channel(loopback);
      PowerPerformanceEvaluationServiceBlockingStub stub =
          PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel);
      for (int i = 0; i < 10; i++) {
        var timely = stub.withDeadlineAfter(60, TimeUnit.SECONDS);
        assertThat(timely.estimate(Requests.small()).getLatencyUs()).isPositive();
        assertThatThrownBy(() -> timely.estimate(EstimateRequest.getDefaultInstance()))
            .hasMessageStartingWith("INVALID_ARGUMENT");
        for (String method : List.of("there.is.no/Such", "nothing")) {
          assertThat(unsaid.call(method).status()).startsWith("12 "); // before it said all
        }
      }
      channel.shutdown();
      assertThat(channel.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      assertThat(AdminClient.of(loopback.server).metric(LOST)).hasValue(0);
    }
  }

  @Test
  void whoTakesBackTooManyIsKeptOutWhileOthersAreServed() throws Exception {
    try (Loopback loopback = start()) {
      AdminClient admin = AdminClient.of(loopback.server);
      try (RawClient bad = new RawClient(loopback.server, BAD)) {
        for (int i = 0; i < 3; i++) {
          bad.call(WATCH).cancel();
        }
        admin.awaitMetric(LOST, lost -> lost == 3);
        for (int i = 0; i < 3; i++) {
          bad.call(WATCH); // which end with their connection
        }
      }
      admin.awaitMetric(LOST, lost -> lost == 6);
      admin.awaitMetric("ppe_sockets_open ", open -> open == 0);
      assertThatThrownBy(
          () -> {
            try (RawClient again = new RawClient(loopback.server, BAD)) {
              again.call(WATCH).status();
            }
          });
      admin.awaitMetric("ppe_connections_refused_total{reason=\"lost\"}", refused -> refused == 1);
      assertThat(admin.get("/").body()).contains("1 so far, and 1 refused");

      ManagedChannel channel = channel(loopback);
      try {
        assertThat(
                PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .estimate(Requests.small())
                    .getLatencyUs())
            .isPositive();
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
