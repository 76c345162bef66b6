package dev.ppe.server.connection;

import static dev.ppe.server.connection.Http2Bytes.ACCEPT_CHARSET;
import static dev.ppe.server.connection.Http2Bytes.ANY;
import static dev.ppe.server.connection.Http2Bytes.CALL;
import static dev.ppe.server.connection.Http2Bytes.CANCEL;
import static dev.ppe.server.connection.Http2Bytes.DATA;
import static dev.ppe.server.connection.Http2Bytes.END_HEADERS;
import static dev.ppe.server.connection.Http2Bytes.END_STREAM;
import static dev.ppe.server.connection.Http2Bytes.HEADERS;
import static dev.ppe.server.connection.Http2Bytes.PADDED;
import static dev.ppe.server.connection.Http2Bytes.PING;
import static dev.ppe.server.connection.Http2Bytes.RST_STREAM;
import static dev.ppe.server.connection.Http2Bytes.frame;
import static dev.ppe.server.connection.Http2Bytes.preface;
import static dev.ppe.server.connection.Http2Bytes.resets;
import static dev.ppe.server.connection.Http2Bytes.watched;
import static dev.ppe.server.connection.Http2Bytes.watchedAndStuck;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a connection of HTTP/2 keeps of its parts of messages, and how many streams it begins. */
class WatchedConnectionTest {
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

  @Test
  void aPartOfAMessageKeepsNothingThatCameWithIt() {
    Keeper keeper = new Keeper();
    EmbeddedChannel channel = watched(keeper, new StreamLimits(10, 10, ANY));
    ByteBuf read = preface();
    frame(read, HEADERS, END_HEADERS, 1, CALL);
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

  @Test
  void streamsBeyondTheLimitAreRefusedBeforeTheyAreCalls() {
    CallBeginner gRpc = new CallBeginner();
    StreamLimits limits = new StreamLimits(10, 2, ANY);
    EmbeddedChannel channel = watched(gRpc, limits);
    ByteBuf read = preface();
    for (int stream : List.of(1, 3, 5, 7)) {
      frame(read, HEADERS, END_HEADERS, stream, CALL);
      frame(read, DATA, END_STREAM, stream, new byte[100]);
    }
    frame(read, HEADERS, END_HEADERS | END_STREAM, 9, CALL);
    channel.writeInbound(read);

    assertThat(gRpc.begun).containsOnlyKeys(1, 3);
    assertThat(resets(channel)).containsExactly("5 for 7", "7 for 7", "9 for 7"); // REFUSED_STREAM
    assertThat(limits.open()).isEqualTo(2);
    assertThat(limits.refused()).isEqualTo(3);

    ByteBuf more = Unpooled.buffer();
    frame(more, RST_STREAM, 0, 1, CANCEL);
    frame(more, HEADERS, END_HEADERS, 11, CALL);
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
    CallBeginner gRpc = new CallBeginner();
    StreamLimits limits = new StreamLimits(10, 2, ANY);
    EmbeddedChannel channel = watched(gRpc, limits);
    ByteBuf read = preface();
    frame(read, HEADERS, END_HEADERS, 1, CALL);
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
    StreamLimits limits = new StreamLimits(10, 2, ANY);
    EmbeddedChannel channel = watched(new Http2FrameAdapter(), limits);
    ByteBuf read = preface();
    frame(read, HEADERS, END_HEADERS, 1, CALL);
    channel.writeInbound(read);
    assertThat(limits.open()).isEqualTo(1);

    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(resets(channel)).containsExactly("1 for 8");
    assertThat(limits.open()).isZero();
    channel.finishAndReleaseAll();
  }

  @Test
  void whoReadsNoneOfItsAnswersLosesTheConnection() {
    StreamLimits limits = new StreamLimits(100_000, 100_000, ANY);
    CallBeginner gRpc =
        new CallBeginner() {
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
            super.onHeadersRead(
                context, stream, fields, dependency, weight, exclusive, padding, last);
            answer(stream);
          }
        };
    EmbeddedChannel channel = watchedAndStuck(gRpc, limits);
    ByteBuf read = preface();
    for (int stream = 1; stream < 40_000; stream += 2) {
      frame(read, HEADERS, END_HEADERS | END_STREAM, stream, CALL);
    }
    channel.writeInbound(read);

    assertThat(channel.isOpen()).isFalse();
    assertThat(gRpc.headers).isBetween(5_000, 15_000);
    assertThat(limits.open()).isZero();
    channel.finishAndReleaseAll();
    gRpc.calls.close();
  }
}
