package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream.State;

/**
 * A connection below gRPC: what its calls leave behind.
 *
 * <p>A part of a message is a slice of the buffer that the connection's bytes were read into, and
 * would keep all of that: 64 KiB for a frame of 16 KiB or of one byte. Here it gets {@linkplain
 * OwnBuffers a buffer of its own}.
 *
 * <p>A call that the server ends before its client has said all is over for gRPC; its stream, and
 * whatever hangs on it, stays until the client ends it too, which need not ever be. Here such a
 * stream is reset without an error, as RFC 9113 (8.1) has it for answers that need no more of a
 * request.
 *
 * <p>All on the connection's own thread.
 */
final class WatchedConnection extends ChannelInboundHandlerAdapter {
  private boolean listening;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Http2Exception {
    listenOnce(context);
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Http2Exception {
    listenOnce(context); // its encryption may have been agreed on with these bytes
    context.fireChannelReadComplete();
  }

  private void listenOnce(ChannelHandlerContext context) throws Http2Exception {
    if (!listening) {
      Http2ConnectionHandler http2 = context.pipeline().get(Http2ConnectionHandler.class);
      if (http2 != null) {
        listening = true;
        listen(http2, context.pipeline().context(http2));
      }
    }
  }

  private static void listen(Http2ConnectionHandler http2, ChannelHandlerContext context)
      throws Http2Exception {
    Http2ConnectionDecoder decoder = http2.decoder();
    decoder.frameListener(new OwnBuffers(decoder.frameListener()));
    http2
        .connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamHalfClosed(Http2Stream stream) {
                resetIfOver(stream, http2, context);
              }
            });
    http2
        .connection()
        .forEachActiveStream(
            stream -> {
              resetIfOver(stream, http2, context);
              return true;
            });
  }

  private static void resetIfOver(
      Http2Stream stream, Http2ConnectionHandler http2, ChannelHandlerContext context) {
    if (stream.state() == State.HALF_CLOSED_LOCAL) {
      context.executor().execute(() -> reset(stream, http2, context)); // its end may have come, too
    }
  }

  private static void reset(
      Http2Stream stream, Http2ConnectionHandler http2, ChannelHandlerContext context) {
    if (stream.state() == State.HALF_CLOSED_LOCAL) {
      ChannelFuture unused =
          http2.resetStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
      context.flush();
    }
  }
}
