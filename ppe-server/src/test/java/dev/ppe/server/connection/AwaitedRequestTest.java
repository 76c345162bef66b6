package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** A request is late by what it takes to come, from when somebody wants it. */
class AwaitedRequestTest {
  private final HeldMessages messages = new HeldMessages();
  private final AwaitedRequest awaited = new AwaitedRequest();

  private void arrive(ByteBuf frame, long now) {
    messages.arrived(frame);
    awaited.arrived(messages, now);
  }

  /** The first {@code here} bytes of a message of 100. */
  private static ByteBuf begun(int here) {
    return Unpooled.buffer().writeByte(0).writeInt(100).writeZero(here);
  }

  @Test
  void theOnlyOneIsAwaitedFromTheBeginningUntilAllIsSaid() {
    awaited.begin(true, 1_000);
    arrive(begun(100), 1_400);
    assertThat(awaited.isLate(1_500, 500)).isFalse();
    assertThat(awaited.isLate(1_501, 500)).isTrue();
    awaited.end();
    assertThat(awaited.isLate(9_000, 500)).isFalse();
  }

  @Test
  void aStreamMayBeSilentBetweenItsRequests() {
    awaited.begin(false, 1_000);
    awaited.asked(1_000);
    assertThat(awaited.isLate(9_000, 500)).isFalse();
    arrive(begun(100), 9_000);
    awaited.asked(9_000);
    assertThat(awaited.isLate(20_000, 500)).isFalse();
  }

  @Test
  void aRequestOfAStreamIsAwaitedFromItsFirstPart() {
    awaited.begin(false, 0);
    awaited.asked(0);
    arrive(begun(40), 1_000);
    arrive(Unpooled.buffer().writeZero(40), 1_400);
    assertThat(awaited.isLate(1_501, 500)).isTrue();
    arrive(Unpooled.buffer().writeZero(20).writeBytes(begun(40)), 1_600);
    awaited.asked(1_600);
    assertThat(awaited.isLate(2_000, 500)).isFalse();
    assertThat(awaited.isLate(2_101, 500)).isTrue();
  }

  @Test
  void whatIsNotAskedForMayWait() {
    awaited.begin(false, 0);
    arrive(begun(40), 1_000);
    assertThat(awaited.isLate(9_000, 500)).isFalse();
    awaited.asked(9_000);
    assertThat(awaited.isLate(9_400, 500)).isFalse();
    assertThat(awaited.isLate(9_501, 500)).isTrue();
  }
}
