package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What parts of messages keep of what a connection has received. */
class WatchedConnectionTest {
  private final WatchedConnection watched = new WatchedConnection();
  private final EmbeddedChannel channel = new EmbeddedChannel(watched);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(int bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  @Test
  void aPartKeepsWhatCameWithIt() {
    receive(10_000);
    assertThat(watched.claim(1)).isEqualTo(10_000);
    assertThat(watched.claim(1)).isEqualTo(1); // of the same buffer, which counts already
  }

  @Test
  void aPartKeepsNoMoreThanTheBuffersThatItMayLieIn() {
    receive(1_000_000);
    assertThat(watched.claim(16_384)).isEqualTo(16_384 + 2 * 65_536);
    receive(10);
    assertThat(watched.claim(10)).isEqualTo(10);
  }

  @Test
  void aPartThatHadToWaitKeepsItsOwnBytesAtLeast() {
    assertThat(watched.claim(100)).isEqualTo(100);
  }

  @Test
  void whatIsReceivedGoesOn() {
    receive(3);
    ByteBuf passedOn = channel.readInbound();
    assertThat(passedOn.readableBytes()).isEqualTo(3);
    passedOn.release();
  }
}
