package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerStreamTracer;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a connection of HTTP/2 keeps of its parts of messages, and how many streams it begins. */
class WatchedConnectionTest {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] POST_HTTPS_ROOT = {(byte) 0x83, (byte) 0x87, (byte) 0x84};
  private static final byte ACCEPT_CHARSET = (byte) 0x8f;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
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
            new WatchedConnection(new StreamLimits(10, 10)),
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

  /** Begins a call for each stream, as gRPC does. */
  private static final class Beginner extends Http2FrameAdapter {
    final ArrivingCalls calls =
        new ArrivingCalls(
            new CallLimits(10, 10), new StreamLimits(10, 10), new ArrivingBytes(1), Duration.ZERO);
    final Map<Integer, ServerStreamTracer> begun = new LinkedHashMap<>();
    final List<Integer> resets = new ArrayList<>();
    int headers;

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
      resets.add(stream);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers fields,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean last) {
      headers++;
      begun.computeIfAbsent(stream, same -> BegunStream.callOf(calls));
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
      assertThat(begun).containsKey(stream);
      return data.readableBytes() + padding;
    }
  }

  /** Streams that were reset, with the reason's number. */
  private static List<String> resets(EmbeddedChannel channel) {
    List<String> resets = new ArrayList<>();
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      while (sent.isReadable()) {
        int length = sent.readUnsignedMedium();
        int type = sent.readUnsignedByte();
        sent.skipBytes(1);
        int stream = sent.readInt();
        ByteBuf payload = sent.readSlice(length);
        if (type == RST_STREAM) {
          resets.add(stream + " for " + payload.getInt(0));
        }
      }
      sent.release();
    }
    return resets;
  }

  @Test
  void streamsBeyondTheLimitAreRefusedBeforeTheyAreCalls() {
    Beginner gRpc = new Beginner();
    StreamLimits limits = new StreamLimits(10, 2);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new WatchedConnection(limits),
            new Http2ConnectionHandlerBuilder()
                .server(true)
                .frameListener(gRpc)
                .gracefulShutdownTimeoutMillis(0)
                .build());
    ByteBuf read = Unpooled.buffer().writeBytes(PREFACE);
    frame(read, SETTINGS, 0, 0);
    for (int stream : List.of(1, 3, 5, 7)) {
      frame(read, HEADERS, END_HEADERS, stream, POST_HTTPS_ROOT);
      frame(read, DATA, END_STREAM, stream, new byte[100]);
    }
    frame(read, HEADERS, END_HEADERS | END_STREAM, 9, POST_HTTPS_ROOT);
    channel.writeInbound(read);

    assertThat(gRpc.begun).containsOnlyKeys(1, 3);
    assertThat(resets(channel)).containsExactly("5 for 7", "7 for 7", "9 for 7"); // REFUSED_STREAM
    assertThat(limits.open()).isEqualTo(2);
    assertThat(limits.refused()).isEqualTo(3);

    ByteBuf more = Unpooled.buffer();
    frame(more, RST_STREAM, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
    frame(more, HEADERS, END_HEADERS, 11, POST_HTTPS_ROOT);
    channel.writeInbound(more);
    assertThat(gRpc.begun).containsOnlyKeys(1, 3, 11);
    assertThat(resets(channel)).isEmpty();

    boolean unused = channel.finish();
    assertThat(limits.open()).isZero();
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void aCallWithTrailersIsGivenUp() {
    Beginner gRpc = new Beginner();
    StreamLimits limits = new StreamLimits(10, 2);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new WatchedConnection(limits),
            new Http2ConnectionHandlerBuilder().server(true).frameListener(gRpc).build());
    ByteBuf read = Unpooled.buffer().writeBytes(PREFACE);
    frame(read, SETTINGS, 0, 0);
    frame(read, HEADERS, END_HEADERS, 1, POST_HTTPS_ROOT);
    frame(read, HEADERS, END_HEADERS | END_STREAM, 1, ACCEPT_CHARSET);
    channel.writeInbound(read);
    channel.runPendingTasks();

    assertThat(gRpc.headers).isEqualTo(1);
    assertThat(gRpc.resets).containsExactly(1);
    assertThat(limits.open()).isZero();
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }

  @Test
  void aStreamThatGrpcMakesNoCallOfIsGivenUpAfterAWhile() {
    StreamLimits limits = new StreamLimits(10, 2);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new WatchedConnection(limits),
            new Http2ConnectionHandlerBuilder()
                .server(true)
                .frameListener(new Http2FrameAdapter())
                .build());
    ByteBuf read = Unpooled.buffer().writeBytes(PREFACE);
    frame(read, SETTINGS, 0, 0);
    frame(read, HEADERS, END_HEADERS, 1, POST_HTTPS_ROOT);
    channel.writeInbound(read);
    assertThat(limits.open()).isEqualTo(1);

    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(resets(channel)).containsExactly("1 for 8");
    assertThat(limits.open()).isZero();
    channel.finishAndReleaseAll();
  }
}
