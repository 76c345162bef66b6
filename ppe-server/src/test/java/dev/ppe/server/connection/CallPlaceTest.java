package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallPlaceTest {
  private static final ClientIdentity CLIENT = ClientIdentity.ofAddress("192.0.2.1");

  private final CallLimits limits = new CallLimits(4, 1);
  private final CallPlace place = new CallPlace(limits);

  /** Steps that no thread has got to. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private final AtomicInteger taken = new AtomicInteger();

  @Test
  void isFreeWhenTheCallIsOver() {
    place.take(CLIENT);
    assertThat(limits.open()).isEqualTo(1);

    place.end();

    assertThat(limits.open()).isZero();
  }

  @Test
  void isKeptUntilWhoListensHasHeardOfTheEnd() {
    place.take(CLIENT);
    place.listen();
    place.end();
    assertThat(limits.open()).isEqualTo(1);

    place.endListening();

    assertThat(limits.open()).isZero();
  }

  @Test
  void isKeptByACallTakenBackWhoseStepWaits() {
    place.take(CLIENT);
    place.stepsOn(waiting::add).execute(taken::incrementAndGet);
    place.end();
    assertThat(limits.open()).isEqualTo(1);

    waiting.remove().run();

    assertThat(limits.open()).isZero();
    assertThat(taken).hasValue(1);
  }

  @Test
  void isFreeWhenItsStepFails() {
    place.take(CLIENT);
    place
        .stepsOn(waiting::add)
        .execute(
            () -> {
              throw new AssertionError("a step");
            });
    place.end();

    assertThatThrownBy(waiting.remove()::run).hasMessage("a step");

    assertThat(limits.open()).isZero();
  }

  @Test
  void isFreeWhereNoThreadTakesItsStep() {
    place.take(CLIENT);
    var threads =
        place.stepsOn(
            step -> {
              throw new RejectedExecutionException("closed");
            });

    assertThatThrownBy(() -> threads.execute(taken::incrementAndGet)).hasMessage("closed");
    place.end();

    assertThat(limits.open()).isZero();
  }

  @Test
  void isGivenBackOnce() {
    place.take(CLIENT);
    var threads = place.stepsOn(waiting::add);
    place.end();
    new CallPlace(limits).take(CLIENT);

    threads.execute(taken::incrementAndGet);
    place.end();

    assertThat(taken).hasValue(1);
    assertThat(waiting).isEmpty();
    assertThat(limits.open()).isEqualTo(1);
  }

  @Test
  void aCallThatFindsNoneWaitsForNobody() {
    new CallPlace(limits).take(CLIENT);
    place.take(CLIENT);

    place.stepsOn(waiting::add).execute(taken::incrementAndGet);
    place.end();

    assertThat(place.refusal()).contains(Refusal.CLIENT);
    assertThat(taken).hasValue(1);
    assertThat(waiting).isEmpty();
    assertThat(limits.open()).isEqualTo(1);
  }

  @Test
  void aCallThatWasTakenBackBeforeItHadOneWaitsForNobody() {
    place.end();

    place.stepsOn(waiting::add).execute(taken::incrementAndGet);

    assertThat(taken).hasValue(1);
    assertThat(limits.open()).isZero();
  }

  @Test
  void isFreeWhenAnAnsweredCallIsOverThoughItsListenerIsYetToHear() {
    place.take(CLIENT);
    place.listen();
    place.answer();
    assertThat(limits.open()).isEqualTo(1);

    place.end();
    place.stepsOn(waiting::add).execute(taken::incrementAndGet);
    place.endListening();

    assertThat(limits.open()).isZero();
    assertThat(taken).hasValue(1);
  }
}
