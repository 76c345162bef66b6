package dev.ppe.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Readiness readiness = new Readiness();

  @Test
  void aServerIsStartingThenReadyThenEnding() {
    assertThat(readiness.state()).isEqualTo(Readiness.State.STARTING);
    readiness.ready();
    assertThat(readiness.isReady()).isTrue();
    readiness.ending();
    assertThat(readiness.isReady()).isFalse();
  }

  @Test
  void whatEndsIsNeverReadyAgain() {
    readiness.ending();
    readiness.ready();
    readiness.ending();
    assertThat(readiness.state()).isEqualTo(Readiness.State.ENDING);
  }
}
