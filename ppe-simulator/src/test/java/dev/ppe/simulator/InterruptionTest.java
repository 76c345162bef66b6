package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  @Test
  void aCostlyQuestionIsAskedAtOnceAndThenAtEveryEighthCheck() {
    int[] asked = {0};
    Interruption question = Interruption.nowAndThen(() -> asked[0]++);

    question.check();
    assertThat(asked[0]).isOne();
    for (int check = 0; check < 8 * 100; check++) {
      question.check();
    }
    assertThat(asked[0]).isEqualTo(101);
  }

  @Test
  void itsAnswerEndsTheWork() {
    Interruption question =
        Interruption.nowAndThen(
            () -> {
              throw new CancellationException("late");
            });

    assertThatThrownBy(question::check).isInstanceOf(CancellationException.class);
  }

  @Test
  void aLoopAsksAtEvery256thStep() {
    int[] asked = {0};
    Interruption question = () -> asked[0]++;

    for (int step = 0; step < 1000; step++) {
      question.checkAt(step);
    }

    assertThat(asked[0]).isEqualTo(4);
  }
}
