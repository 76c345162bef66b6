package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins a call for each stream, as gRPC does; tests say when it is answered. */
class CallBeginner extends Http2FrameAdapter {
  final ArrivingCalls calls =
      new ArrivingCalls(
          new CallLimits(10, 10),
          new StreamLimits(10, 10, Http2Bytes.ANY),
          new ArrivingBytes(1),
          Duration.ZERO);
  final Map<Integer, ArrivingCall> begun = new LinkedHashMap<>();
  final List<Integer> resets = new ArrayList<>();
  int headers;
  private Http2ConnectionHandler http2;
  private ChannelHandlerContext context;

  /** The server answers a stream, with which it ends. */
  void answer(int stream) {
    Http2Headers ok = new DefaultHttp2Headers().status("200");
    ChannelFuture unused =
        http2.encoder().writeHeaders(context, stream, ok, 0, true, context.newPromise());
    context.flush();
  }

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
    http2 = (Http2ConnectionHandler) context.handler();
    this.context = context;
    headers++;
    begun.computeIfAbsent(stream, same -> BegunStream.callOf(calls, false));
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
    assertThat(begun).containsKey(stream);
    return data.readableBytes() + padding;
  }
}
