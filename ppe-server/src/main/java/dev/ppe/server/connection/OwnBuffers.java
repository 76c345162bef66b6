package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListenerDecorator;

/**
 * Gives the payload of each DATA frame a buffer of its own, so that who keeps it keeps nothing else
 * of what was read with it, and {@link ArrivingBytes} count what is there. Frames without a payload
 * are thrown away unless they end their stream: gRPC would keep each until more comes, and neither
 * HTTP/2's windows nor anybody else count them.
 */
final class OwnBuffers extends Http2FrameListenerDecorator {
  OwnBuffers(Http2FrameListener listener) {
    super(listener);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last)
      throws Http2Exception {
    if (!data.isReadable()) {
      return last
          ? super.onDataRead(context, stream, Unpooled.EMPTY_BUFFER, padding, true)
          : padding; // which is all that has to be given back to the windows
    }
    ByteBuf own = context.alloc().buffer(data.readableBytes());
    try {
      own.writeBytes(data, data.readerIndex(), data.readableBytes());
      return super.onDataRead(context, stream, own, padding, last);
    } finally {
      own.release();
    }
  }
}
