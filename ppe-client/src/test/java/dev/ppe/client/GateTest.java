package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many are inside. */
class GateTest {
  private final AtomicInteger limit = new AtomicInteger(2);
  private final Gate gate = new Gate(limit::get);

  private static CompletableFuture<Thread> waiting(InterruptibleRun run) throws Exception {
    CompletableFuture<Thread> done = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    run.run();
                    done.complete(Thread.currentThread());
                  } catch (InterruptedException e) {
                    done.completeExceptionally(e);
                  }
                });
    while (thread.getState() != Thread.State.WAITING && !done.isDone()) {
      Thread.onSpinWait();
    }
    return done;
  }

  private interface InterruptibleRun {
    void run() throws InterruptedException;
  }

  @Test
  void whoFindsNoRoomWaitsUntilSomebodyLeaves() throws Exception {
    gate.enter();
    gate.enter();
    CompletableFuture<Thread> third = waiting(gate::enter);
    assertThat(third).isNotDone();
    gate.leave();
    third.join();
  }

  @Test
  void moreRoomIsSeenWhenSomebodyLeaves() throws Exception {
    gate.enter();
    gate.enter();
    CompletableFuture<Thread> third = waiting(gate::enter);
    CompletableFuture<Thread> fourth = waiting(gate::enter);
    limit.set(3);
    gate.leave();
    third.join();
    fourth.join();
  }

  @Test
  void roomThatIsTakenAtOnceIsMissingLater() throws Exception {
    gate.enter();
    gate.enter();
    gate.enterAtOnce();
    CompletableFuture<Thread> next = waiting(gate::enter);
    gate.leave();
    assertThat(next).as("two are inside").isNotDone();
    gate.leave();
    next.join();
  }

  @Test
  void emptyIsWhenAllHaveLeft() throws Exception {
    gate.awaitEmpty();
    gate.enter();
    gate.enter();
    CompletableFuture<Thread> empty = waiting(gate::awaitEmpty);
    gate.leave();
    assertThat(empty).isNotDone();
    gate.leave();
    empty.join();
  }

  @Test
  void whoeverWaitsCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(gate::enter).isInstanceOf(InterruptedException.class);
  }
}
