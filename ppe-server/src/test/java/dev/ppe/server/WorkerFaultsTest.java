package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong with one request, also when its client is told, the worker goes on. */
class WorkerFaultsTest {
  private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();
  private Estimates estimates;

  @BeforeEach
  void start() throws Exception {
    estimates =
        Estimates.direct(
            Loopback.config(Map.of("workers", 1)),
            (request, interruption) -> {
              if (request.getModelName().startsWith("bad")) {
                throw new IllegalStateException("a fault");
              }
              return Requests.answerTo(request);
            });
  }

  @AfterEach
  void stop() {
    estimates.close();
  }

  private void submit(String name, ToldClient.Client client) {
    estimates.pool().submit(Requests.origin(Requests.named(name), 1, false), client);
  }

  private void assertThatTheWorkerGoesOn() throws InterruptedException {
    submit(
        "next",
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            return () -> answered.add(Requests.modelIn(response));
          }

          @Override
          public void failed(Throwable failure) {}
        });
    assertThat(answered.poll(30, TimeUnit.SECONDS)).isEqualTo("next");
  }

  /** A client that cannot be told anything. */
  private record Unreachable(Error error) implements ToldClient.Client {
    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      throw error;
    }

    @Override
    public void failed(Throwable failure) {
      throw error;
    }
  }

  @Test
  void whoCannotBeToldOfAFailureDoesNotStopIt() throws Exception {
    submit("bad", new Unreachable(new OutOfMemoryError("in a test")));
    assertThatTheWorkerGoesOn();
    assertThat(estimates.statistics().pool().open()).isZero();
  }

  @Test
  void whoCannotBeGivenAnAnswerDoesNotStopIt() throws Exception {
    submit("good", new Unreachable(new OutOfMemoryError("in a test")));
    assertThatTheWorkerGoesOn();
  }

  @Test
  void whatCannotEvenBeLoggedIsCounted() throws Exception {
    submit("bad", new Unreachable(new Unspeakable()));
    assertThatTheWorkerGoesOn();
    assertThat(estimates.statistics().pool().faults()).isEqualTo(1);
    estimates.close();
    assertThat(estimates.pool().awaitTermination(30)).isTrue();
    assertThat(estimates.statistics().pool().running()).isZero();
  }

  @Test
  void aRequestWhoseTurnCannotBeBegunIsToldSo() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    LongSupplier clock =
        () -> {
          if (broken.get() && Thread.currentThread().getName().startsWith("simulation-")) {
            throw new IllegalStateException("a clock that stands still");
          }
          return 0;
        };
    SimulationPool pool =
        new SimulationPool(
            job -> job.answer(Requests.answerTo(job.request()).toByteArray(), CacheStatus.COMPUTED),
            new Admission(new Admission.Limits(1, 0, 1, 1, Long.MAX_VALUE, Long.MAX_VALUE)),
            new Accounts(new ServiceTimes(), clock));
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    ToldClient.Client client =
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            return () -> answered.add(Requests.modelIn(response));
          }

          @Override
          public void failed(Throwable failure) {
            failures.add(failure);
          }
        };
    pool.submit(Requests.origin(Requests.named("first"), 1, true), client);
    assertThat(failures.poll(30, TimeUnit.SECONDS))
        .hasRootCauseMessage("a clock that stands still");
    broken.set(false);
    pool.submit(Requests.origin(Requests.named("next"), 1, true), client);
    assertThat(answered.poll(30, TimeUnit.SECONDS)).isEqualTo("next");
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(pool.statistics().open()).isZero();
    assertThat(pool.statistics().running()).isZero();
  }

  /** An error that cannot be logged. */
  static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("an error that fails when it is logged, in a test");
    }
  }
}
