package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private long now;
  private final CircuitBreaker breaker = new CircuitBreaker(() -> now);

  private void failUntilItOpens() {
    for (int i = 1; i < CircuitBreaker.THRESHOLD; i++) {
      assertThat(breaker.enter()).isTrue();
      assertThat(breaker.failed()).isFalse();
    }
    assertThat(breaker.enter()).isTrue();
    assertThat(breaker.failed()).isTrue();
  }

  @Test
  void failuresInARowOpenIt() {
    breaker.failed();
    breaker.succeeded();
    failUntilItOpens();
    assertThat(breaker.enter()).isFalse();
    assertThat(breaker.permits()).isFalse();
  }

  @Test
  void afterAPauseOneQuestionIsLetThrough() {
    failUntilItOpens();
    now += CircuitBreaker.FIRST_PAUSE - 1;
    assertThat(breaker.enter()).isFalse();
    now++;
    assertThat(breaker.enter()).isTrue();
    assertThat(breaker.enter()).isFalse();
  }

  @Test
  void aPauseThatIsOverDoesNotCloseIt() {
    assertThat(breaker.closed()).isTrue();
    failUntilItOpens();
    now += CircuitBreaker.FIRST_PAUSE;
    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.closed()).isFalse();
    breaker.enter();
    breaker.succeeded();
    assertThat(breaker.closed()).isTrue();
  }

  @Test
  void itsSuccessClosesTheBreaker() {
    failUntilItOpens();
    now += CircuitBreaker.FIRST_PAUSE;
    assertThat(breaker.enter()).isTrue();
    assertThat(breaker.succeeded()).isTrue();
    assertThat(breaker.enter()).isTrue();
    assertThat(breaker.enter()).isTrue();
  }

  @Test
  void itsFailureOpensTheBreakerForTwiceAsLong() {
    failUntilItOpens();
    long pause = CircuitBreaker.FIRST_PAUSE;
    for (int i = 0; i < 10; i++) {
      now += pause - 1;
      assertThat(breaker.enter()).isFalse();
      now++;
      assertThat(breaker.enter()).isTrue();
      assertThat(breaker.failed()).isTrue();
      pause = Math.min(2 * pause, CircuitBreaker.LONGEST_PAUSE);
    }
    assertThat(pause).isEqualTo(CircuitBreaker.LONGEST_PAUSE);
  }

  @Test
  void whatWasAskedBeforeDoesNotCloseIt() {
    failUntilItOpens();
    assertThat(breaker.succeeded()).isFalse();
    assertThat(breaker.enter()).isFalse();
  }
}
