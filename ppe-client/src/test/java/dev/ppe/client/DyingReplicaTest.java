package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that ends in the middle of its work costs no answer. */
class DyingReplicaTest {
  private static final int INPUTS = 200;
  private static final EstimateResponse ANSWER =
      EstimateResponse.newBuilder().setCycles(42).build();
  private static final Estimator ANSWERS = (request, interruption) -> ANSWER;

  /** Works for ever, and counts what it has begun. */
  private record Hanging(AtomicInteger begun, CountDownLatch busy) implements Estimator {
    static Hanging untilCalls(int calls) {
      return new Hanging(new AtomicInteger(), new CountDownLatch(calls));
    }

    @Override
    public EstimateResponse estimate(
        EstimateRequest request, dev.ppe.simulator.Interruption interruption) {
      begun.incrementAndGet();
      busy.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new CancellationException("interrupted");
      }
      return ANSWER;
    }
  }

  private static PpeClientBuilder builder(TestServer... servers) {
    return PpeClient.builder()
        .targets(Stream.of(servers).map(TestServer::address).toList())
        .maxInFlightPerReplica(4);
  }

  private static Stream<Outcome<Integer>> estimateAll(PpeClient client) {
    return client.estimateAll(
        IntStream.range(0, INPUTS).boxed(),
        number -> EstimateRequest.newBuilder().setModelName("" + number).build(),
        progress -> {});
  }

  private static void everyInputIsAnswered(List<Outcome<Integer>> outcomes) {
    assertThat(outcomes)
        .extracting(Outcome::input)
        .isEqualTo(IntStream.range(0, INPUTS).boxed().toList());
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Answer.class);
  }

  @ParameterizedTest
  @EnumSource(Balancing.class)
  void whatItHadUnderWayIsAskedOfAnother(Balancing balancing) throws Exception {
    Hanging hanging = Hanging.untilCalls(4);
    try (TestServer good = TestServer.around(ANSWERS);
        TestServer dying = TestServer.around(hanging);
        PpeClient client = builder(good, dying).balancing(balancing).build()) {
      CompletableFuture<List<Outcome<Integer>>> outcomes =
          CompletableFuture.supplyAsync(() -> estimateAll(client).toList());
      hanging.busy().await();
      dying.kill();
      everyInputIsAnswered(outcomes.join());
      assertThat(hanging.begun()).hasValue(4); // and no more at a time
    }
  }

  @Test
  void answersThatHadBegunAreAskedForAgain() throws Exception {
    Hanging hanging = Hanging.untilCalls(2);
    try (TestServer good = TestServer.around(ANSWERS);
        TestServer dying = TestServer.beginningAtOnce(hanging);
        PpeClient client = builder(good, dying).build()) {
      CompletableFuture<List<Outcome<Integer>>> outcomes =
          CompletableFuture.supplyAsync(() -> estimateAll(client).toList());
      hanging.busy().await();
      dying.kill();
      everyInputIsAnswered(outcomes.join());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "CANCELLED", "UNKNOWN"})
  void callsThatAReplicaResetsGoToAnother(Status.Code code) {
    Estimator resets =
        (request, interruption) -> {
          throw Status.fromCode(code).withDescription("shutting down").asRuntimeException();
        };
    try (TestServer good = TestServer.around(ANSWERS);
        TestServer bad = TestServer.around(resets);
        PpeClient client = builder(good, bad).build()) {
      while (bad.estimates() == 0) {
        assertThat(client.estimate(EstimateRequest.getDefaultInstance())).isEqualTo(ANSWER);
      }
      everyInputIsAnswered(estimateAll(client).toList());
    }
  }

  /** Answers what is called "connect", and cannot answer anything else. */
  private static final Estimator UNAVAILABLE =
      (request, interruption) -> {
        if (request.getModelName().equals("connect")) {
          return ANSWER;
        }
        throw Status.UNAVAILABLE.withDescription("not now").asRuntimeException();
      };

  /** How often a request is made whose replica is away, just after it has answered, or before. */
  private static int callsThatFail(Estimator estimator, Attempts attempts, boolean afterAnAnswer) {
    try (TestServer server = TestServer.around(estimator);
        PpeClient client = builder(server).attempts(attempts).build()) {
      if (afterAnAnswer) {
        client.estimate(EstimateRequest.newBuilder().setModelName("connect").build());
      }
      int before = server.estimates();
      PpeException failure =
          catchThrowableOfType(
              PpeException.class, () -> client.estimate(EstimateRequest.getDefaultInstance()));
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isIn(Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED);
      return server.estimates() - before;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutFurtherAttemptsTheFailureIsTold(boolean afterAnAnswer) {
    Attempts one = new Attempts.Retries(1, Duration.ofMillis(1), Duration.ofMillis(1), 1000);
    Estimator busy =
        (request, interruption) -> {
          if (request.getModelName().equals("connect")) {
            return ANSWER;
          }
          throw Overload.untilMillis(2);
        };
    assertThat(callsThatFail(UNAVAILABLE, one, afterAnAnswer)).isEqualTo(1);
    assertThat(callsThatFail(busy, one, afterAnAnswer)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theBudgetEndsRetries(boolean afterAnAnswer) {
    Attempts twoTokens = new Attempts.Retries(5, Duration.ofMillis(1), Duration.ofMillis(1), 2);
    // One token of two is not above the half.
    assertThat(callsThatFail(UNAVAILABLE, twoTokens, afterAnAnswer)).isEqualTo(1);
  }

  @Test
  void theBudgetHoldsForAllCallsTogether() {
    Attempts tokens = new Attempts.Retries(2, Duration.ofMillis(1), Duration.ofMillis(1), 10);
    try (TestServer server = TestServer.around(UNAVAILABLE);
        PpeClient client = builder(server).attempts(tokens).build()) {
      client.estimate(EstimateRequest.newBuilder().setModelName("connect").build());
      assertThat(estimateAll(client)).hasOnlyElementsOfType(Outcome.Failure.class);
      // One each, and what five tokens of gRPC's and five of the client's own allow on top.
      assertThat(server.estimates()).isBetween(1 + INPUTS, 1 + INPUTS + 5 + 5);
    }
  }

  @Test
  void aHedgedCallTakesTheFirstAnswer() {
    Hanging hanging = Hanging.untilCalls(1);
    Estimator slowButToConnect =
        (request, interruption) ->
            request.getModelName().equals("connect")
                ? ANSWER
                : hanging.estimate(request, interruption);
    try (TestServer slow = TestServer.around(slowButToConnect);
        TestServer good = TestServer.around(ANSWERS);
        PpeClient client =
            builder(slow, good)
                .attempts(new Attempts.Hedging(2, Duration.ofMillis(20), 1000))
                .build()) {
      while (slow.estimates() == 0 || good.estimates() == 0) {
        client.estimate(EstimateRequest.newBuilder().setModelName("connect").build());
      }
      everyInputIsAnswered(estimateAll(client).toList());
      assertThat(hanging.begun().get()).isPositive();
    }
  }

  @Test
  void whileAllAreAwayForAMomentCallsWait() throws Exception {
    TestServer first = TestServer.around(ANSWERS);
    int port = Integer.parseInt(first.address().substring(first.address().indexOf(':') + 1));
    try (PpeClient client = builder(first).build()) {
      assertThat(client.estimate(EstimateRequest.getDefaultInstance())).isEqualTo(ANSWER);
      first.close();
      first.awaitEnd();
      CompletableFuture<EstimateResponse> call =
          client.estimateAsync(EstimateRequest.getDefaultInstance());
      try (TestServer again = TestServer.onPort(port, ANSWERS)) {
        assertThat(call.join()).isEqualTo(ANSWER);
        assertThat(again.estimates()).isEqualTo(1);
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aRefusalForAWhileDelaysOneInputAndLosesNone() {
    AtomicInteger calls = new AtomicInteger();
    Estimator overloadedNowAndThen =
        (request, interruption) -> {
          if (calls.incrementAndGet() % 5 == 0) {
            throw Overload.untilMillis(2);
          }
          return ANSWER;
        };
    try (TestServer server = TestServer.around(overloadedNowAndThen);
        PpeClient client = builder(server).build()) {
      everyInputIsAnswered(estimateAll(client).toList());
      assertThat(calls.get()).isGreaterThan(INPUTS);
    }
  }
}
