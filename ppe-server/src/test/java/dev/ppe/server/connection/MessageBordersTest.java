package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Messages are told apart however their bytes are cut into frames. */
class MessageBordersTest {
  private final MessageBorders borders = new MessageBorders(true);

  private static ByteBuf message(int length) {
    return Unpooled.buffer().writeByte(1).writeInt(length).writeZero(length);
  }

  @RepeatedTest(20)
  void everyCutGivesTheSameMessages(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    ByteBuf all = Unpooled.buffer();
    int messages = 50;
    for (int i = 0; i < messages; i++) {
      all.writeBytes(message(random.nextInt(4) == 0 ? 0 : random.nextInt(1000)));
    }
    int ended = 0;
    while (all.isReadable()) {
      int some = Math.min(all.readableBytes(), random.nextInt(1, random.nextBoolean() ? 4 : 3000));
      ended += borders.pass(all.readSlice(some));
    }
    assertThat(ended).isEqualTo(messages);
    assertThat(borders.isBetween()).isTrue();
  }

  @Test
  void aLengthIsNotSigned() {
    assertThat(borders.pass(Unpooled.buffer().writeByte(0).writeInt(-1).writeZero(1000))).isZero();
    assertThat(borders.pass(Unpooled.buffer().writeZero(1_000_000))).isZero();
    assertThat(borders.isBetween()).isFalse();
  }

  @Test
  void aPrefixAloneIsNoBorder() {
    assertThat(borders.pass(Unpooled.buffer().writeByte(0).writeMedium(0))).isZero();
    assertThat(borders.isBetween()).isFalse();
    assertThat(borders.pass(Unpooled.buffer().writeByte(0))).isOne();
  }
}
