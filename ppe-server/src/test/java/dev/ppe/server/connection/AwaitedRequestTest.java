package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A request is late by what it takes to come, from when somebody wants it. */
class AwaitedRequestTest {
  private final AwaitedRequest awaited = new AwaitedRequest();

  @Test
  void theOnlyOneIsAwaitedFromTheBeginningUntilAllIsSaid() {
    awaited.begin(true, 1_000);
    awaited.begun(1_400);
    assertThat(awaited.isLate(1, 1_500, 500)).isFalse();
    assertThat(awaited.isLate(1, 1_501, 500)).isTrue();
    awaited.end();
    assertThat(awaited.isLate(1, 9_000, 500)).isFalse();
  }

  @Test
  void aStreamMayBeSilentBetweenItsRequests() {
    awaited.begin(false, 1_000);
    assertThat(awaited.isLate(0, 9_000, 500)).isFalse();
    awaited.begun(9_000);
    assertThat(awaited.isLate(1, 20_000, 500)).isFalse();
  }

  @Test
  void aRequestOfAStreamIsAwaitedFromItsBeginning() {
    awaited.begin(false, 0);
    awaited.begun(1_000);
    assertThat(awaited.isLate(0, 1_500, 500)).isFalse();
    assertThat(awaited.isLate(0, 1_501, 500)).isTrue();
    awaited.begun(1_600);
    assertThat(awaited.isLate(1, 2_100, 500)).isFalse();
    assertThat(awaited.isLate(1, 2_101, 500)).isTrue();
  }

  @Test
  void whatIsNotReadOnMayWait() {
    awaited.begin(false, 0);
    awaited.begun(1_000);
    assertThat(awaited.isLate(1, 9_000, 500)).isFalse();
    awaited.begun(9_000);
    assertThat(awaited.isLate(1, 9_501, 500)).isTrue();
  }
}
