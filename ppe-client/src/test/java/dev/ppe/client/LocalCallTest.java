package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateResponse;
import org.junit.jupiter.api.Test;

/** Whom the end of a call interrupts. */
class LocalCallTest {
  private static final EstimateResponse ANSWER = EstimateResponse.getDefaultInstance();

  /** What is registered last runs first: the worker comes by between the end and its news. */
  @Test
  void aCallThatEndedBeforeItsTurnInterruptsNoWorker() {
    LocalCall call = new LocalCall(() -> ANSWER);
    call.onEnd(call);
    call.result().cancel(true);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aCallThatIsCancelledAtWorkInterruptsItsWorkerAlone() {
    boolean[] interrupted = new boolean[1];
    LocalCall[] itself = new LocalCall[1];
    itself[0] =
        new LocalCall(
            () -> {
              itself[0].result().cancel(true);
              interrupted[0] = Thread.currentThread().isInterrupted();
              return ANSWER;
            });
    itself[0].run();
    assertThat(interrupted[0]).isTrue();
    assertThat(Thread.interrupted()).as("for the next call").isFalse();
  }
}
