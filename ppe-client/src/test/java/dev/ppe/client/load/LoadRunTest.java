package dev.ppe.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ReplicaChannel;
import dev.ppe.client.Target;
import dev.ppe.client.TestServer;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.validation.subject.SearchSpaces;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  /** At 100 a second in half a second: the one at its end is not due any more. */
  private static final int DUE = 49;

  private static final LoadPlan PLAN =
      new LoadPlan(
          Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(60), 1000, true, false);

  private static final Workload WORKLOAD =
      Workload.of(
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      EstimateRequest.newBuilder()
                          .setModelName("m" + i)
                          .setGraph(GraphCodec.encode(SearchSpaces.cell(i)))
                          .build())
              .toList());

  private static LoadPlan plan(Duration deadline, int maxInFlight, boolean verify) {
    return new LoadPlan(PLAN.warmUp(), PLAN.duration(), deadline, maxInFlight, true, verify);
  }

  private static LoadResult run(TestServer server, LoadPlan plan) throws Exception {
    return run(server, plan, WORKLOAD);
  }

  private static LoadResult run(TestServer server, LoadPlan plan, Workload workload)
      throws Exception {
    ManagedChannel channel = channel(server);
    try {
      return new LoadRun(List.of(channel), workload, plan, Optional.empty())
          .run(Arrivals.constant(100));
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(TestServer server) {
    return ReplicaChannel.open(
        Target.parse(server.address()), ConnectionSecurity.PLAINTEXT, PLAN.retries());
  }

  private static EstimateResponse answer(EstimateRequest request) {
    return EstimateResponse.newBuilder().setModelName(request.getModelName()).build();
  }

  @Test
  void everyRequestThatIsDueIsSentInTurn() throws Exception {
    AtomicInteger middle = new AtomicInteger();
    Estimator counting =
        (request, interruption) -> {
          middle.addAndGet(request.getModelName().equals("m1") ? 1 : 0);
          return answer(request);
        };
    try (TestServer server = TestServer.around(counting)) {
      LoadResult result = run(server, PLAN);
      assertThat(result.due()).isEqualTo(DUE);
      assertThat(result.answered().count()).isEqualTo(DUE);
      assertThat(result.failed()).isZero();
      assertThat(result.answers().sent()).isEqualTo(DUE);
      assertThat(result.answers().faultless()).isTrue();
      assertThat(server.estimates()).isEqualTo(DUE);
      assertThat(middle.get()).isEqualTo(DUE / 3);
    }
  }

  @Test
  void whatIsDueInTheWarmUpIsSentAndNotCounted() throws Exception {
    LoadPlan plan =
        new LoadPlan(
            PLAN.duration(), PLAN.duration(), PLAN.deadline(), PLAN.maxInFlight(), true, false);
    try (TestServer server = TestServer.around((request, interruption) -> answer(request))) {
      LoadResult result = run(server, plan);
      assertThat(result.due()).isEqualTo(DUE + 1);
      assertThat(result.answered().count()).isEqualTo(DUE + 1);
      assertThat(result.answers().sent()).isEqualTo(2 * DUE + 1);
    }
  }

  @Test
  void failuresAreCountedByTheirCode() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Estimator failing =
        (request, interruption) -> {
          int call = calls.getAndIncrement();
          if (call < 2) {
            throw new IllegalArgumentException("no such thing");
          }
          if (call == 2) {
            throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
          }
          return answer(request);
        };
    try (TestServer server = TestServer.around(failing)) {
      LoadResult result = run(server, PLAN);
      assertThat(result.outcomes())
          .containsOnlyKeys("OK", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED");
      assertThat(result.outcomes().get("INVALID_ARGUMENT").count()).isEqualTo(2);
      assertThat(result.failed()).isEqualTo(3);
      assertThat(result.firstMessages()).containsEntry("INVALID_ARGUMENT", "no such thing");
    }
  }

  @Test
  void beyondTheCapRequestsAreCountedAsNotSent() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Estimator silent =
        (request, interruption) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer(request);
        };
    try (TestServer server = TestServer.around(silent)) {
      LoadResult result = run(server, plan(Duration.ofSeconds(8), 3, false));
      assertThat(result.notSent()).isEqualTo(DUE - 3);
      assertThat(result.outcomes().get("DEADLINE_EXCEEDED").count()).isEqualTo(3);
      assertThat(result.answers().lost()).isZero();
    } finally {
      never.countDown();
    }
  }

  /** Whoever counted from when it was sent would not see that it came late. */
  @Test
  void latencyCountsFromWhenARequestWasDue() throws Exception {
    Duration stall = Duration.ofSeconds(1);
    AtomicInteger built = new AtomicInteger();
    Workload stalling =
        Workload.of(
            WORKLOAD.size(),
            index -> {
              if (built.incrementAndGet() == 2) {
                sleep(stall);
              }
              return WORKLOAD.request(index);
            });
    try (TestServer server = TestServer.around((request, interruption) -> answer(request))) {
      LoadResult result = run(server, PLAN, stalling);
      assertThat(result.answered().max()).isGreaterThan(stall.toNanos() / 1e3 / 2);
      assertThat(result.answered().p50()).isGreaterThan(stall.toNanos() / 1e3 / 4);
      assertThat(result.due()).as("none is left out").isEqualTo(DUE);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answersAreComparedWithThoseOfThisProcess() throws Exception {
    try (TestServer server = TestServer.start()) {
      LoadResult result = run(server, plan(PLAN.deadline(), 1000, true));
      assertThat(result.answers().verified()).isEqualTo(DUE);
      assertThat(result.answers().wrong()).isZero();
    }
  }

  @Test
  void aWrongAnswerIsFound() throws Exception {
    Estimator right = new LocalEstimator(ServiceLimits.DEFAULT);
    AtomicInteger calls = new AtomicInteger();
    Estimator wrongTwice =
        (request, interruption) -> {
          EstimateResponse answer = right.estimate(request, Interruption.NEVER);
          return calls.getAndIncrement() % 25 == 7
              ? answer.toBuilder().setCycles(answer.getCycles() + 1).build()
              : answer;
        };
    try (TestServer server = TestServer.around(wrongTwice)) {
      LoadResult result = run(server, plan(PLAN.deadline(), 1000, true));
      assertThat(result.answers().verified()).isEqualTo(DUE);
      assertThat(result.answers().wrong()).isEqualTo(2);
      assertThat(result.answers().faultless()).isFalse();
    }
  }

  @Test
  void aRunThatIsStoppedWaitsForWhatIsUnderWay() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch several = new CountDownLatch(20);
    Estimator counting =
        (request, interruption) -> {
          calls.incrementAndGet();
          several.countDown();
          return answer(request);
        };
    LoadPlan plan =
        new LoadPlan(
            Duration.ZERO, Duration.ofHours(1), PLAN.deadline(), PLAN.maxInFlight(), true, false);
    try (TestServer server = TestServer.around(counting)) {
      ManagedChannel channel = channel(server);
      LoadRun run = new LoadRun(List.of(channel), WORKLOAD, plan, Optional.empty());
      Thread stopper =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      several.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    run.stop();
                  });
      LoadResult result = run.run(Arrivals.poisson(1000, 1));
      stopper.join();
      channel.shutdownNow();
      assertThat(result.due()).isEqualTo(calls.get()).isGreaterThanOrEqualTo(20);
      assertThat(result.answered().count()).isEqualTo(result.due());
      assertThat(result.interrupted()).isFalse();
    }
  }

  @Test
  void latenciesAreALogThatHdrHistogramReads() throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (TestServer server = TestServer.around((request, interruption) -> answer(request))) {
      ManagedChannel channel = channel(server);
      new LoadRun(List.of(channel), WORKLOAD, PLAN, Optional.of(log)).run(Arrivals.constant(100));
      channel.shutdownNow();
    }
    HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log.toByteArray()));
    long count = 0;
    for (EncodableHistogram next = reader.nextIntervalHistogram();
        next != null;
        next = reader.nextIntervalHistogram()) {
      assertThat(next.getTag()).isEqualTo("OK");
      count += ((AbstractHistogram) next).getTotalCount();
    }
    assertThat(count).isEqualTo(DUE);
  }
}
