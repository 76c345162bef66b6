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
    awaited.arrived(1);
    assertThat(awaited.isLate(1_500, 500)).isFalse();
    assertThat(awaited.isLate(1_501, 500)).isTrue();
    awaited.end();
    assertThat(awaited.isLate(9_000, 500)).isFalse();
  }

  @Test
  void aStreamMayBeSilentBetweenItsRequests() {
    awaited.begin(false, 1_000);
    assertThat(awaited.isLate(9_000, 500)).isFalse();
    awaited.begun(9_000);
    awaited.arrived(1);
    assertThat(awaited.isLate(20_000, 500)).isFalse();
  }

  @Test
  void aRequestOfAStreamIsAwaitedFromItsBeginning() {
    awaited.begin(false, 0);
    awaited.begun(1_000);
    assertThat(awaited.isLate(1_500, 500)).isFalse();
    assertThat(awaited.isLate(1_501, 500)).isTrue();
    awaited.arrived(1);
    awaited.begun(1_600);
    assertThat(awaited.isLate(2_100, 500)).isFalse();
    assertThat(awaited.isLate(2_101, 500)).isTrue();
  }

  @Test
  void whatIsNotReadOnMayWait() {
    awaited.begin(false, 0);
    awaited.begun(1_000);
    awaited.arrived(1); // and a part of the second, which gRPC leaves where it is
    assertThat(awaited.isLate(9_000, 500)).isFalse();
    awaited.begun(9_000);
    assertThat(awaited.isLate(9_501, 500)).isTrue();
  }
}
