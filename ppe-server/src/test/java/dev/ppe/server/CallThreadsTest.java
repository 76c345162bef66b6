package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whose step is next. */
class CallThreadsTest {
  private static final int SECONDS = 60;

  private final List<String> taken = new ArrayList<>(); // by one thread

  /** Has steps wait behind one that is held, and returns them in the order in which they ran. */
  private List<String> order(String... steps) throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(steps.length);
    try (CallThreads threads = new CallThreads(1)) {
      threads.of(ClientIdentity.ofAddress("holder")).execute(() -> await(gate));
      for (String step : steps) {
        Executor client = threads.of(ClientIdentity.ofAddress(step.substring(0, 1)));
        client.execute(
            () -> {
              taken.add(step);
              done.countDown();
            });
      }
      gate.countDown();
      await(done);
    }
    return taken;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClientsStepsKeepTheirOrder() throws InterruptedException {
    assertThat(order("a1", "a2", "a3")).containsExactly("a1", "a2", "a3");
  }

  @Test
  void clientsTakeTurnsHoweverManyStepsOneHas() throws InterruptedException {
    assertThat(order("a1", "a2", "a3", "a4", "b1", "c1", "b2"))
        .containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void oneThreadIsLeftToOthersWhileAClientHasManyLongSteps() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch other = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(5);
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (CallThreads threads = new CallThreads(3)) {
      Executor greedy = threads.of(ClientIdentity.ofAddress("a"));
      for (int i = 0; i < 5; i++) {
        greedy.execute(
            () -> {
              most.accumulateAndGet(together.incrementAndGet(), Math::max);
              begun.countDown();
              await(gate);
              together.decrementAndGet();
              done.countDown();
            });
      }
      await(begun);
      threads.of(ClientIdentity.ofAddress("b")).execute(other::countDown);
      await(other);
      gate.countDown();
      await(done);
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void whatWaitsWhenTheThreadsAreClosedIsTaken() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(3);
    CallThreads threads = new CallThreads(2);
    Executor client = threads.of(ClientIdentity.ofAddress("a"));
    client.execute(
        () -> {
          begun.countDown();
          await(gate);
        });
    await(begun);
    for (int i = 0; i < 3; i++) {
      client.execute(done::countDown);
    }
    threads.close();
    gate.countDown();
    await(done);
  }

  @Test
  void aStepThatFailsTakesNoOtherAlong() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    try (CallThreads threads = new CallThreads(1)) {
      Executor client = threads.of(ClientIdentity.ofAddress("a"));
      client.execute(done::countDown);
      client.execute(
          () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new IllegalStateException("a step that fails");
          });
      client.execute(done::countDown);
      await(done);
    }
  }

  @Test
  void whoBringsMoreCallsThanTheDoorTakesDoesTheWork() {
    int calls = 5000;
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(calls);
    AtomicInteger byItself = new AtomicInteger();
    Thread bringing = Thread.currentThread();
    try (CallThreads threads = new CallThreads(1)) {
      threads.door().execute(() -> await(gate));
      for (int i = 0; i < calls; i++) {
        threads
            .door()
            .execute(
                () -> {
                  if (Thread.currentThread() == bringing) {
                    byItself.incrementAndGet();
                  }
                  done.countDown();
                });
      }
      assertThat(byItself).hasValueBetween(calls - 2000, calls - 1);
      gate.countDown();
      await(done);
    }
  }
}
