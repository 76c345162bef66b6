package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.Detail;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that ask and do not read what is answered. */
class UnreadAnswersTest {
  private static final int MAX_BYTES = 200_000;
  private static final int WINDOW = 65_535; // less than an answer: the client's side takes so much
  private static final EstimateRequest REQUEST =
      Requests.of(Requests.chain(500)).toBuilder().setDetail(Detail.DETAIL_LAYERS).build();
  private static final String UNREAD = "ppe_unread_bytes ";
  private static final String ANSWERED =
      "ppe_request_seconds_count{code=\"OK\",fidelity=\"cycle\",method=\"Estimate\"}";

  private Loopback loopback;
  private AdminClient admin;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    loopback =
        Loopback.start(
            Map.of(
                "maxPendingBytes",
                MAX_BYTES,
                "cacheBytes",
                0,
                "admin.enabled",
                true,
                "admin.port",
                0));
    admin = AdminClient.of(loopback.server);
    channel =
        NettyChannelBuilder.forAddress(loopback.server.address())
            .usePlaintext()
            .flowControlWindow(WINDOW)
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    loopback.close();
  }

  @Test
  void whoLeavesTooMuchUnreadIsRefusedUntilItReads() throws Exception {
    BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
    List<Answers<EstimateRequest, EstimateResponse>> unread = askUntilRefused(ends);
    assertThat(ends.take())
        .satisfies(
            status -> {
              assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(status.getDescription()).contains("wait for this client to read them");
            });
    unread.removeLast();
    for (Answers<EstimateRequest, EstimateResponse> answers : unread) {
      answers.read();
    }
    admin.awaitMetric(UNREAD, bytes -> bytes == 0);
    assertThat(loopback.blocking().estimate(REQUEST).getLayersCount()).isPositive();
  }

  @Test
  void whatIsCancelledIsForgotten() throws Exception {
    askUntilRefused(new LinkedBlockingQueue<>()).forEach(Answers::cancel);
    admin.awaitMetric(UNREAD, bytes -> bytes == 0);
    assertThat(loopback.blocking().estimate(REQUEST).getLayersCount()).isPositive();
  }

  /** One call after the other, the last of which is refused. */
  private List<Answers<EstimateRequest, EstimateResponse>> askUntilRefused(
      BlockingQueue<Status> ends) throws Exception {
    List<Answers<EstimateRequest, EstimateResponse>> asked = new ArrayList<>();
    while (ends.isEmpty()) {
      Answers<EstimateRequest, EstimateResponse> answers = Answers.slowEndingIn(ends);
      asked.add(answers);
      PowerPerformanceEvaluationServiceGrpc.newStub(channel).estimate(REQUEST, answers);
      admin.awaitMetric(ANSWERED, count -> count >= asked.size() || !ends.isEmpty());
    }
    return asked;
  }
}
