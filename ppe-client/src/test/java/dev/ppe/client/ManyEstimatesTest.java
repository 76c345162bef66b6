package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.client.PpeClientTest.BackEnd;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests at a time: what every back-end does in the same way. */
class ManyEstimatesTest {
  private static final ZooModel NETWORK = Zoo.find("mobilenet_v1_0.25_128").orElseThrow();
  private static final EstimateRequest WRONG =
      EstimateRequest.newBuilder().setAcceleratorName("coral-usp").setGraph(graph(2)).build();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PpeClient open(BackEnd backEnd) {
    PpeClientBuilder builder = PpeClient.builder().maxInFlightPerReplica(4);
    return switch (backEnd) {
      case IN_PROCESS -> builder.build();
      case REMOTE -> builder.target(server.address()).build();
    };
  }

  private static dev.ppe.v1.Graph graph(int classes) {
    return GraphCodec.encode(NETWORK.graph(NETWORK.defaults().withClasses(classes)));
  }

  /** Networks that differ in the number of classes. */
  private static EstimateRequest request(int classes) {
    return EstimateRequest.newBuilder()
        .setModelName("classes-" + classes)
        .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
        .setGraph(graph(classes))
        .build();
  }

  private static Stream<EstimateRequest> requests(int count) {
    return IntStream.range(2, 2 + count).mapToObj(ManyEstimatesTest::request);
  }

  private static EstimateResponse response(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Answer<?> answer -> answer.response();
      case Outcome.Failure<?> failure -> throw failure.reason();
    };
  }

  @ParameterizedTest
  @EnumSource
  void outcomesAreInTheOrderOfTheInputsAndTheAnswersThoseOfSingleCalls(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      List<Outcome<EstimateRequest>> outcomes = client.estimateAll(requests(100)).toList();
      assertThat(outcomes).hasSize(100);
      for (int i = 0; i < outcomes.size(); i++) {
        assertThat(outcomes.get(i).index()).isEqualTo(i);
        assertThat(outcomes.get(i).input()).isEqualTo(request(2 + i));
        assertThat(response(outcomes.get(i)).getModelName()).isEqualTo("classes-" + (2 + i));
      }
      assertThat(response(outcomes.get(57))).isEqualTo(client.estimate(request(59)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noInputsHaveNoOutcomes(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      assertThat(client.estimateAll(Stream.empty())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInputThatIsWrongFailsAlone(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      List<Outcome<EstimateRequest>> outcomes =
          client.estimateAll(Stream.of(request(2), WRONG, request(3))).toList();
      assertThat(outcomes.get(0)).isInstanceOf(Outcome.Answer.class);
      assertThat(outcomes.get(1))
          .isInstanceOfSatisfying(
              Outcome.Failure.class,
              failure -> assertThat(failure.reason().code()).isEqualTo(Code.NOT_FOUND));
      assertThat(outcomes.get(2)).isInstanceOf(Outcome.Answer.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInputThatNoRequestCanBeMadeOfFailsAlone(BackEnd backEnd) {
    Function<Integer, EstimateRequest> request =
        classes -> {
          if (classes == 3) {
            throw new IllegalStateException("no such candidate");
          }
          return request(classes);
        };
    try (PpeClient client = open(backEnd)) {
      List<Outcome<Integer>> outcomes =
          client.estimateAll(Stream.of(2, 3, 4), request, progress -> {}).toList();
      assertThat(outcomes).extracting(Outcome::input).containsExactly(2, 3, 4);
      assertThat(outcomes.get(1))
          .isInstanceOfSatisfying(
              Outcome.Failure.class,
              failure -> {
                assertThat(failure.reason().code()).isEqualTo(Code.INVALID_ARGUMENT);
                assertThat(failure.reason())
                    .hasMessage("no such candidate")
                    .hasCauseInstanceOf(IllegalStateException.class);
              });
      assertThat(outcomes.get(2)).isInstanceOf(Outcome.Answer.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inputsWithoutAnEndAreReadAsThereIsRoom(BackEnd backEnd) {
    AtomicInteger read = new AtomicInteger();
    Stream<EstimateRequest> endless =
        Stream.iterate(2, classes -> classes + 1)
            .peek(classes -> read.incrementAndGet())
            .map(ManyEstimatesTest::request);
    try (PpeClient client = open(backEnd)) {
      try (Stream<Outcome<EstimateRequest>> outcomes = client.estimateAll(endless)) {
        assertThat(outcomes.limit(20).map(ManyEstimatesTest::response)).hasSize(20);
      }
      int most = 20 + 4 * Math.max(4, 2 * Runtime.getRuntime().availableProcessors()) + 1;
      assertThat(read.get()).isBetween(20, most);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatReadingTheInputsThrowsComesAfterTheOutcomesBefore(BackEnd backEnd) {
    Stream<EstimateRequest> broken =
        IntStream.range(0, 5)
            .mapToObj(
                i -> {
                  if (i == 3) {
                    throw new IllegalStateException("the disk is gone");
                  }
                  return request(2 + i);
                });
    try (PpeClient client = open(backEnd)) {
      Iterator<Outcome<EstimateRequest>> outcomes = client.estimateAll(broken).iterator();
      for (int i = 0; i < 3; i++) {
        assertThat(response(outcomes.next()).getModelName()).isEqualTo("classes-" + (2 + i));
      }
      assertThatThrownBy(outcomes::hasNext)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the disk is gone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void progressIsToldAfterEveryOutcome(BackEnd backEnd) {
    List<Progress> told = new ArrayList<>();
    try (PpeClient client = open(backEnd)) {
      Stream<EstimateRequest> inputs = Stream.of(request(2), WRONG, request(3));
      assertThat(client.estimateAll(inputs, Function.identity(), told::add)).hasSize(3);
    }
    assertThat(told).extracting(Progress::answered).containsExactly(1L, 1L, 2L);
    assertThat(told).extracting(Progress::failed).containsExactly(0L, 1L, 1L);
    assertThat(told.getLast().done()).isEqualTo(3);
    assertThat(told.getLast().perSecond()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatIsClosedFailsWhatIsUnderWay(BackEnd backEnd) {
    PpeClient client = open(backEnd);
    Iterator<Outcome<EstimateRequest>> outcomes = client.estimateAll(requests(1000)).iterator();
    assertThat(outcomes.next()).isInstanceOf(Outcome.Answer.class);
    client.close();
    int failures = 0;
    while (outcomes.hasNext()) {
      if (outcomes.next() instanceof Outcome.Failure<EstimateRequest> failure) {
        assertThat(failure.reason().code()).isEqualTo(Code.CANCELLED);
        failures++;
      }
    }
    assertThat(failures).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aStreamHasAnOutcomeForEveryIdWhenItIsClosed(BackEnd backEnd) {
    ConcurrentHashMap<String, Outcome<String>> outcomes = new ConcurrentHashMap<>();
    try (PpeClient client = open(backEnd)) {
      EstimateStream stream = client.stream(outcome -> outcomes.put(outcome.input(), outcome));
      for (int i = 2; i < 52; i++) {
        stream.send("id-" + i, request(i));
      }
      stream.send("wrong", WRONG);
      stream.close();
      assertThat(outcomes).hasSize(51);
      assertThat(outcomes.get("wrong")).isInstanceOf(Outcome.Failure.class);
      assertThat(response(outcomes.get("id-7")).getModelName()).isEqualTo("classes-7");
      assertThatThrownBy(() -> stream.send("late", request(2)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void futuresHoldAnswersAndFailures(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      CompletableFuture<EstimateResponse> good = client.estimateAsync(request(2));
      CompletableFuture<EstimateResponse> bad = client.estimateAsync(WRONG);
      assertThat(good.join()).isEqualTo(client.estimate(request(2)));
      CompletionException failure = catchThrowableOfType(CompletionException.class, bad::join);
      assertThat(failure).hasCauseInstanceOf(PpeException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFutureThatIsCancelledHarmsNoOther(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      List<CompletableFuture<EstimateResponse>> futures =
          requests(40).map(client::estimateAsync).toList();
      for (int i = 0; i < futures.size(); i += 2) {
        futures.get(i).cancel(true);
      }
      for (int i = 1; i < futures.size(); i += 2) {
        assertThat(futures.get(i).join().getModelName()).isEqualTo("classes-" + (2 + i));
      }
      assertThat(futures.getFirst().isDone()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aThreadThatIsInterruptedGivesUp(BackEnd backEnd) {
    try (PpeClient client = open(backEnd)) {
      Thread.currentThread().interrupt();
      PpeException failure =
          catchThrowableOfType(
              PpeException.class, () -> client.estimateAll(requests(10)).forEach(outcome -> {}));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.code()).isEqualTo(Code.CANCELLED);
    }
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> PpeClient.builder().maxInFlightPerReplica(0).build())
        .hasMessage("maxInFlightPerReplica is 0, must be between 1 and 10000");
    assertThatThrownBy(() -> PpeClient.builder().deadline(Duration.ZERO).build())
        .hasMessageStartingWith("deadline is PT0S");
    assertThatThrownBy(() -> PpeClient.builder().deadline(Duration.ofDays(36_501)).build())
        .hasMessage("deadline is PT876024H, must be at most 36500 days");
    assertThatThrownBy(() -> new Attempts.Hedging(1, Duration.ofMillis(1), 10))
        .hasMessageStartingWith("attempts is 1");
  }
}
