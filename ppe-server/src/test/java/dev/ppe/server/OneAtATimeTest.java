package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Many ask for a step, and one takes it. */
class OneAtATimeTest {
  @Test
  void whoAsksFromWithinHasItTakenOnceMore() {
    AtomicInteger steps = new AtomicInteger();
    AtomicReference<OneAtATime> self = new AtomicReference<>();
    self.set(
        new OneAtATime(
            () -> {
              if (steps.incrementAndGet() < 3) {
                self.get().run();
                self.get().run(); // both at once
              }
            }));
    self.get().run();
    assertThat(steps).hasValue(3);
  }

  @Test
  void afterAFaultTheNextOneIsTaken() {
    AtomicInteger steps = new AtomicInteger();
    OneAtATime step =
        new OneAtATime(
            () -> {
              if (steps.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
              }
            });
    assertThatThrownBy(step::run).hasMessage("a fault");
    step.run();
    assertThat(steps).hasValue(2);
  }

  @Test
  void aFaultIsNoneOfThoseWhoAskedMeanwhile() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    OneAtATime step =
        new OneAtATime(
            () -> {
              if (steps.incrementAndGet() == 1) {
                begun.countDown();
                await(asked);
                throw new IllegalStateException("a fault");
              }
            });
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  await(begun);
                  step.run(); // which is over before the step is taken
                  asked.countDown();
                });
    assertThatThrownBy(step::run).hasMessage("a fault");
    other.join();
    assertThat(steps).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noStepIsMissedAndNoTwoAreAtATime() throws InterruptedException {
    AtomicInteger added = new AtomicInteger();
    int[] seen = {0, 0}; // by steps alone, unguarded: how much was added, and who is inside
    List<String> faults = new ArrayList<>();
    OneAtATime step =
        new OneAtATime(
            () -> {
              if (++seen[1] != 1) {
                faults.add("two at a time");
              }
              seen[0] = added.get();
              seen[1]--;
            });
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 20_000; n++) {
                      added.incrementAndGet();
                      step.run();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(faults).isEmpty();
    assertThat(seen[0]).isEqualTo(80_000);
  }
}
