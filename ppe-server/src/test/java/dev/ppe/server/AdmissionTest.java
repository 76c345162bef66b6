package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bounded number of requests is taken, and calls that are over do not count. */
class AdmissionTest {
  private static final Map<String, Object> ONE_AND_ONE = Map.of("workers", 1, "queueCapacity", 1);

  private static Answers<EstimateRequest, EstimateResponse> send(Loopback loopback, String name) {
    Answers<EstimateRequest, EstimateResponse> answers = Answers.eager();
    loopback.async().estimate(Requests.named(name), answers);
    return answers;
  }

  @Test
  void whatDoesNotFitIsRefusedWithAHintAndTheRestIsAnswered() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(ONE_AND_ONE, gate)) {
      var running = send(loopback, "running");
      gate.awaitBegun(1);
      BlockingQueue<Status> others = new LinkedBlockingQueue<>();
      for (int i = 0; i < 3; i++) {
        loopback.async().estimate(Requests.named("other" + i), Answers.endingIn(others));
      }
      // One of them waits now, whichever came first; before that, the last might.
      assertThat(next(others)).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(next(others)).isEqualTo(Code.RESOURCE_EXHAUSTED);
      Throwable refused =
          catchThrowable(() -> loopback.blocking().estimate(Requests.named("last")));
      assertThat(Status.fromThrowable(refused).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      com.google.rpc.Status details = StatusProto.fromThrowable(refused);
      assertThat(Durations.toMillis(details.getDetails(0).unpack(RetryInfo.class).getRetryDelay()))
          .isBetween(10L, 30_000L);
      gate.open();
      assertThat(running.next().getModelName()).isEqualTo("running");
      assertThat(next(others)).isEqualTo(Code.OK);
    }
  }

  private static Code next(BlockingQueue<Status> ends) throws InterruptedException {
    return Optional.ofNullable(ends.poll(30, TimeUnit.SECONDS)).orElseThrow().getCode();
  }

  @Test
  void requestsAreBoundedInBytesButOneAloneIsTaken() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(Map.of("maxPendingBytes", 1), gate)) {
      var running = send(loopback, "running");
      gate.awaitBegun(1);
      assertThat(send(loopback, "second").end().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      gate.open();
      assertThat(running.end().getCode()).isEqualTo(Code.OK);
    }
  }

  @Test
  void aDeadlineStopsTheWorkAndFreesTheWorker() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(ONE_AND_ONE, gate)) {
      Throwable late =
          catchThrowable(
              () ->
                  loopback
                      .blocking()
                      .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                      .estimate(Requests.small()));
      assertThat(Status.fromThrowable(late).getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
      gate.awaitInterrupted(1);
      gate.open();
      assertThat(loopback.blocking().estimate(Requests.named("next")).getModelName())
          .isEqualTo("next");
    }
  }

  @Test
  void aDeadlineStopsARealSimulation() throws Exception {
    EstimateRequest large = Requests.of(Requests.chain(20_000));
    try (Loopback loopback = Loopback.start(ONE_AND_ONE)) {
      Throwable late =
          catchThrowable(
              () ->
                  loopback.blocking().withDeadlineAfter(50, TimeUnit.MILLISECONDS).estimate(large));
      assertThat(Status.fromThrowable(late).getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
    }
  }

  @Test
  void cancellingStopsTheWork() throws Exception {
    Gate gate = new Gate();
    try (Loopback loopback = Loopback.start(ONE_AND_ONE, gate)) {
      var running = send(loopback, "running");
      gate.awaitBegun(1);
      running.cancel();
      gate.awaitInterrupted(1);
      assertThat(running.end().getCode()).isEqualTo(Code.CANCELLED);
    }
  }
}
