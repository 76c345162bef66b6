package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection of HTTP/2 keeps of its parts of messages. */
class WatchedConnectionTest {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] POST_HTTPS_ROOT = {(byte) 0x83, (byte) 0x87, (byte) 0x84};
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int END_HEADERS = 4;
  private static final int END_STREAM = 1;
  private static final int PADDED = 8;

  /** Keeps what it gets, as calls do whose message is not whole. */
  private static final class Keeper extends Http2FrameAdapter {
    final List<ByteBuf> kept = new ArrayList<>();

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
      kept.add(data.retain());
      return 0;
    }
  }

  private static void frame(ByteBuf to, int type, int flags, int stream, byte... payload) {
    to.writeMedium(payload.length)
        .writeByte(type)
        .writeByte(flags)
        .writeInt(stream)
        .writeBytes(payload);
  }

  @Test
  void aPartOfAMessageKeepsNothingThatCameWithIt() {
    Keeper keeper = new Keeper();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new WatchedConnection(),
            new Http2ConnectionHandlerBuilder().server(true).frameListener(keeper).build());
    ByteBuf read = Unpooled.buffer().writeBytes(PREFACE);
    frame(read, SETTINGS, 0, 0);
    frame(read, HEADERS, END_HEADERS, 1, POST_HTTPS_ROOT);
    frame(read, DATA, 0, 1, (byte) 7);
    for (int i = 0; i < 100; i++) {
      frame(read, PING, 0, 0, new byte[8]);
    }
    frame(read, DATA, 0, 1, new byte[1000]);
    frame(read, DATA, PADDED, 1, (byte) 2, (byte) 0, (byte) 0); // nothing and two bytes of padding
    frame(read, DATA, END_STREAM, 1);
    channel.writeInbound(read);

    assertThat(read.refCnt()).as("the buffer that was read into").isZero();
    assertThat(keeper.kept).extracting(ByteBuf::readableBytes).containsExactly(1, 1000, 0);
    assertThat(keeper.kept.getFirst().getByte(0)).isEqualTo((byte) 7);
    assertThat(keeper.kept).allMatch(part -> part.capacity() == part.readableBytes());
    assertThat(keeper.kept.subList(0, 2)).as("nobody else keeps them").allMatch(ByteBuf::release);
    channel.finishAndReleaseAll();
  }
}
