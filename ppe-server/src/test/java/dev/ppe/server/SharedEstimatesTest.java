package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ppe.server.security.ClientIdentity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AcceleratorCatalog;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Work is done once for all who ask for it, however they leave; one worker makes the order known.
 */
class SharedEstimatesTest {
  private static final LocalEstimator LOCAL = new LocalEstimator(ServiceLimits.DEFAULT);
  private static final EstimateRequest OTHER = Requests.of(Requests.chain(4));

  private static final int CAPACITY = 8;

  private final HeldSecondLevel secondLevel = new HeldSecondLevel();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private Estimates estimates;

  private record Outcome(String name, ByteString answer, Optional<CacheStatus> status) {}

  @BeforeEach
  void start() throws Exception {
    ServerConfig config = Loopback.config(Map.of("workers", 1, "queueCapacity", CAPACITY));
    estimates = Estimates.shared(config, LOCAL, secondLevel);
  }

  @AfterEach
  void stop() {
    estimates.close();
  }

  private void submit(EstimateRequest request, Context call) {
    submit(request, call, new Named(request.getModelName()));
  }

  private void submit(EstimateRequest request, Context call, ToldClient.Client client) {
    Job.Origin origin = Requests.origin(request, request.getSerializedSize(), false);
    call.run(() -> estimates.pool().submit(origin, client));
  }

  private final class Named implements ToldClient.Client {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      Outcome outcome = new Outcome(name, ByteString.copyFrom(response), Optional.of(status));
      return () -> outcomes.add(outcome);
    }

    @Override
    public void failed(Throwable failure) {
      outcomes.add(
          new Outcome(
              name,
              ByteString.copyFromUtf8(Refusals.errorOf(failure).getMessage()),
              Optional.empty()));
    }
  }

  private static Context callOf(String client) {
    return Context.ROOT.withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(client));
  }

  private void submit(String... names) {
    List.of(names).forEach(name -> submit(Requests.named(name), Context.ROOT));
  }

  private Outcome next() throws InterruptedException {
    return Optional.ofNullable(outcomes.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  /** Waits until the one worker has looked at everything that was submitted before. */
  private HeldSecondLevel.Question allAreAboard() throws InterruptedException {
    submit(OTHER, Context.ROOT);
    return secondLevel.nextQuestion();
  }

  private void assertNext(String name, CacheStatus status) throws InterruptedException {
    Outcome outcome = next();
    assertThat(outcome.name()).isEqualTo(name);
    assertThat(outcome.status()).contains(status);
    assertThat(outcome.answer())
        .isEqualTo(LOCAL.estimate(Requests.named(name), Interruption.NEVER).toByteString());
  }

  @Test
  void whoAsksForTheSameAtTheSameTimeSharesTheWork() throws Exception {
    submit("a", "b", "c");
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    allAreAboard();
    assertThat(estimates.statistics().pool().open()).isEqualTo(4);
    question.answer(Optional.empty());
    assertNext("a", CacheStatus.COMPUTED);
    assertNext("b", CacheStatus.SHARED);
    assertNext("c", CacheStatus.SHARED);
    assertThat(secondLevel.deposits()).isEqualTo(1);
    assertThat(estimates.statistics().pool().open()).isEqualTo(1);
  }

  @Test
  void whoCannotBeToldKeepsNobodyElseFromTheAnswer() throws Exception {
    submit(
        Requests.named("a"),
        Context.ROOT,
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            throw new WorkerFaultsTest.Unspeakable();
          }

          @Override
          public void failed(Throwable failure) {
            throw new WorkerFaultsTest.Unspeakable();
          }
        });
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    submit("b", "c");
    allAreAboard();
    question.answer(Optional.empty());
    assertNext("b", CacheStatus.SHARED);
    assertNext("c", CacheStatus.SHARED);
    assertThat(estimates.statistics().pool().open()).isEqualTo(1);
  }

  @Test
  void whoComesLaterIsAnsweredFromMemory() throws Exception {
    submit("a");
    secondLevel.nextQuestion().answer(Optional.empty());
    assertNext("a", CacheStatus.COMPUTED);
    submit("b");
    assertNext("b", CacheStatus.HIT);
    assertThat(estimates.statistics().cache().hits()).isEqualTo(1);
    assertThat(estimates.statistics().cache().computed()).isEqualTo(1);
  }

  @Test
  void anAnswerOfTheSecondLevelIsNotWorkedOut() throws Exception {
    submit("a");
    byte[] shared =
        LOCAL
            .prepare(Requests.named("elsewhere"), Interruption.NEVER)
            .shared(Interruption.NEVER)
            .toByteArray();
    secondLevel.nextQuestion().answer(Optional.of(shared));
    assertNext("a", CacheStatus.HIT);
    assertThat(secondLevel.deposits()).isZero();
  }

  @Test
  void whatTheSecondLevelMakesUpIsWorkedOut() throws Exception {
    submit("a");
    secondLevel.nextQuestion().answer(Optional.of(new byte[] {0x0a, 0x7f}));
    assertNext("a", CacheStatus.COMPUTED);
  }

  @Test
  void aSecondLevelThatFailsHasNoAnswer() throws Exception {
    submit("a");
    secondLevel.nextQuestion().reply().completeExceptionally(new OutOfMemoryError("in a test"));
    assertNext("a", CacheStatus.COMPUTED);
  }

  @Test
  void whoComesAfterOneThatFailedBeforeTheWorkBeganDoesNotWaitForIt() throws Exception {
    secondLevel.setBroken(true);
    submit("a");
    assertThat(next().status()).isEmpty();
    secondLevel.setBroken(false);
    submit("b");
    secondLevel.nextQuestion().answer(Optional.empty());
    assertNext("b", CacheStatus.COMPUTED);
  }

  @Test
  void theWorkGoesOnWhenTheFirstLeaves() throws Exception {
    CancellableContext call = Context.ROOT.withCancellation();
    submit(Requests.named("leaves"), call);
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    submit("stays");
    allAreAboard();
    call.cancel(null);
    question.answer(Optional.empty());
    assertNext("stays", CacheStatus.COMPUTED);
  }

  /** The queue is empty and the worker idle, but what waits for an answer fills the room. */
  @Test
  void whoWaitsForTheSameWorkMakesWayToo() throws Exception {
    int all = 1 + CAPACITY;
    for (int i = 0; i < all; i++) {
      submit(Requests.named("greedy" + i), callOf("greedy"));
    }
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    awaitIdle();
    submit(OTHER.toBuilder().setModelName("modest").build(), callOf("modest"));
    Outcome pushedOut = next();
    assertThat(pushedOut.name()).isEqualTo("greedy" + CAPACITY);
    assertThat(pushedOut.answer().toStringUtf8()).contains("other clients have fewer");
    secondLevel.nextQuestion().answer(Optional.empty());
    assertThat(next().name()).isEqualTo("modest");
    question.answer(Optional.empty());
    assertNext("greedy0", CacheStatus.COMPUTED);
    for (int i = 1; i < CAPACITY; i++) {
      assertNext("greedy" + i, CacheStatus.SHARED);
    }
    assertThat(estimates.statistics().pool().open()).isZero();
  }

  private void awaitIdle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isIdle(estimates.statistics().pool()) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(isIdle(estimates.statistics().pool())).isTrue();
  }

  private static boolean isIdle(ServerStatistics.Pool pool) {
    return pool.waiting() == 0 && pool.running() == 0;
  }

  @Test
  void theWorkStopsWhenTheLastLeaves() throws Exception {
    CancellableContext call = Context.ROOT.withCancellation();
    submit(Requests.named("leaves"), call);
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    submit(Requests.named("leaves too"), call);
    HeldSecondLevel.Question other = allAreAboard();
    call.cancel(null);
    assertThat(estimates.statistics().pool().open()).isEqualTo(1);
    question.answer(Optional.empty());
    other.answer(Optional.empty());
    assertThat(next().name()).isEqualTo(OTHER.getModelName());
    assertThat(secondLevel.deposits()).isEqualTo(1); // of the other one

    submit("comes later");
    secondLevel.nextQuestion().answer(Optional.empty());
    assertNext("comes later", CacheStatus.COMPUTED);
  }

  @Test
  void aFailureIsEverybodysInTheirOwnNames() throws Exception {
    for (String name : List.of("a", "b")) {
      submit(endless(name), Context.ROOT);
    }
    HeldSecondLevel.Question question = secondLevel.nextQuestion();
    allAreAboard();
    question.answer(Optional.empty());
    for (String name : List.of("a", "b")) {
      Outcome outcome = next();
      assertThat(outcome.name()).isEqualTo(name);
      assertThat(outcome.status()).isEmpty();
      assertThat(outcome.answer().toStringUtf8())
          .contains("node \"" + name + "/layer")
          .contains("instructions");
    }
  }

  /** A network that has no program. */
  private static EstimateRequest endless(String name) {
    GraphBuilder net = GraphBuilder.named(name, Arithmetic.INT8);
    Value x = net.input("in", 1, 1024);
    for (int i = 0; i < 10_000; i++) {
      x = net.fullyConnected(name + "/layer" + i, x, 1024, Activation.NONE);
    }
    Accelerator.Builder spec = AcceleratorCatalog.getAccelerator("edgetpu-v1").toBuilder();
    spec.getParameterMemoryBuilder().setCacheBytes(0).setStagingBytes(1 << 10);
    return Requests.of(net.build(x)).toBuilder()
        .setModelName(name)
        .setAcceleratorSpec(spec)
        .build();
  }
}
