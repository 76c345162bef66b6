package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients with many streams, or many calls at a time, of which they read none. */
class UnreadStreamsTest {
  private static final int MAX_BYTES = 600_000;
  private static final int ANSWER_BYTES = 150_000; // more than a client takes that does not read
  private static final int WINDOW = 65_535;
  private static final String UNREAD = "ppe_unread_bytes ";
  private static final String ANSWERED = "ppe_request_seconds_count{code=\"OK\"";
  private static final String REFUSED = "ppe_request_seconds_count{code=\"RESOURCE_EXHAUSTED\"";

  private final Gate gate = new Gate();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static Loopback start(Gate gate) throws Exception {
    Map<String, Object> fields =
        Map.of(
            "maxPendingBytes",
            MAX_BYTES,
            "queueCapacity",
            64,
            "admin.enabled",
            true,
            "admin.port",
            0);
    return Loopback.start(
        fields,
        (request, interruption) ->
            gate.estimate(request, interruption).toBuilder()
                .setModelName("x".repeat(ANSWER_BYTES))
                .build());
  }

  /** A channel of a client that is told from others by its address. */
  private ManagedChannel channelFrom(String address, Loopback loopback) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(loopback.server.address())
            .localSocketPicker(new FromAddress(address))
            .usePlaintext()
            .flowControlWindow(WINDOW)
            .build();
    channels.add(channel);
    return channel;
  }

  @Test
  void whoHasTooManyUnreadStreamsGetsNoMoreWhileOthersDo() throws Exception {
    gate.open();
    try (Loopback loopback = start(gate)) {
      AdminClient admin = AdminClient.of(loopback.server);
      ManagedChannel channel = channelFrom("127.0.0.2", loopback);
      BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
      List<Answers<EstimateStreamRequest, EstimateStreamResponse>> streams = new ArrayList<>();
      while (ends.isEmpty() && streams.size() < 20) {
        Answers<EstimateStreamRequest, EstimateStreamResponse> answers = Answers.slowEndingIn(ends);
        streams.add(answers);
        PowerPerformanceEvaluationServiceGrpc.newStub(channel)
            .estimateStream(answers)
            .onNext(Requests.withId("id", Requests.small()));
        admin.awaitMetric(
            UNREAD, bytes -> bytes >= (double) streams.size() * ANSWER_BYTES || !ends.isEmpty());
      }
      assertThat(ends.take())
          .satisfies(
              status -> {
                assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(status.getDescription()).contains("wait for this client to read them");
              });
      assertThat(admin.metric(UNREAD).getAsDouble()).isLessThan(MAX_BYTES + ANSWER_BYTES);

      EstimateResponse other =
          PowerPerformanceEvaluationServiceGrpc.newBlockingStub(channelFrom("127.0.0.4", loopback))
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .estimate(Requests.small());
      assertThat(other.getModelName()).hasSize(ANSWER_BYTES);
      streams.forEach(Answers::cancel);
      admin.awaitMetric(UNREAD, bytes -> bytes == 0);
    }
  }

  @Test
  void callsThatWereAdmittedTogetherAreLookedAtAgainWhenTheyAreAnswered() throws Exception {
    int calls = 30;
    try (Loopback loopback = start(gate)) {
      AdminClient admin = AdminClient.of(loopback.server);
      ManagedChannel channel = channelFrom("127.0.0.2", loopback);
      BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
      for (int i = 0; i < calls; i++) {
        PowerPerformanceEvaluationServiceGrpc.newStub(channel)
            .estimate(
                Requests.small(), Answers.<EstimateRequest, EstimateResponse>slowEndingIn(ends));
      }
      admin.awaitMetric("ppe_requests_open ", open -> open == calls);
      gate.open();
      int answered = MAX_BYTES / 2 / ANSWER_BYTES; // who is alone may leave half unread
      admin.awaitMetric(REFUSED, count -> count == calls - answered);
      assertThat(admin.metric(ANSWERED)).hasValue(answered);
      for (int i = answered; i < calls; i++) {
        Status refused = Optional.ofNullable(ends.poll(30, TimeUnit.SECONDS)).orElseThrow();
        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
      assertThat(ends).isEmpty(); // who was answered has not read it
      assertThat(admin.metric(UNREAD).getAsDouble()).isLessThan(MAX_BYTES + ANSWER_BYTES);
    }
  }
}
